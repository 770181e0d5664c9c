//! The composition root: everything outside is made here and handed to the
//! application.

use std::path::PathBuf;
use std::sync::Arc;

use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Clock, Courier};
use bihuan_app::{App, Caller};
use bihuan_domain::ids::CountyCode;
use bihuan_domain::place::Outlines;
use bihuan_store::Store;
use bihuan_store::backup::UNBUILT;

use crate::failure::{Failure, Result};
use crate::outside::{HttpMessage, KeptBlobs, Mail, OsEntropy, SystemClock, keys_dir};
use crate::say;
use crate::settings::Settings;

/// Opens data that is there; nothing is made where there is none.
pub(crate) async fn open_existing(settings: &Settings) -> Result<App> {
    must_be_there(settings)?;
    open(settings, None).await
}

fn must_be_there(settings: &Settings) -> Result {
    match settings.database_file().filter(|file| !file.exists()) {
        None => Ok(()),
        Some(file) => Err(Failure::Refused(format!(
            "there is no data in {}. Name the folder with --data, or begin one: \
             bihuan playbook apply playbooks/xingyang",
            file.display()
        ))),
    }
}

/// Opens data, or begins it. `begun_by` is the county that data without any
/// county becomes.
pub(crate) async fn open(settings: &Settings, begun_by: Option<CountyCode>) -> Result<App> {
    let app = open_telling(settings, begun_by).await?;
    if app.is_own_key().await? {
        return Ok(app);
    }
    Err(Failure::Refused(format!(
        "this data was written under another key than the one in {}. Put the copy of its key \
         there. If it is lost for good: bihuan key accept",
        settings.keys().display()
    )))
}

/// Opens data that is there, whichever key it was written under.
pub(crate) async fn open_under_any_key(settings: &Settings) -> Result<App> {
    must_be_there(settings)?;
    open_telling(settings, None).await
}

async fn open_telling(settings: &Settings, begun_by: Option<CountyCode>) -> Result<App> {
    let (app, made) = open_at(settings, begun_by, Arc::new(SystemClock)).await?;
    if let Some(path) = made {
        say::note(format_args!(
            "A key was made: {0}\nCopy it now to a second place that is not the back-up of the \
             data. Without it identities cannot be read again; with it anybody can read them.",
            path.display()
        ));
    }
    Ok(app)
}

/// The same under another clock; says where a key was made, if one was.
pub(crate) async fn open_at(
    settings: &Settings,
    begun_by: Option<CountyCode>,
    clock: Arc<dyn Clock>,
) -> Result<(App, Option<PathBuf>)> {
    let data = settings.data();
    std::fs::create_dir_all(&data).map_err(|f| Failure::file("the data folder", &data, f))?;
    let store = Store::open(&settings.database()).await?;
    let there = store.counties().await?;
    let county = match settings.county().or(begun_by) {
        Some(county) => county,
        None => only(&there)?,
    };
    let master = keys_dir::read_or_make(&settings.keys(), !there.is_empty(), &OsEntropy)?;
    let outside = Outside {
        clock,
        entropy: Arc::new(OsEntropy),
        blobs: Arc::new(KeptBlobs::open(settings)?),
        couriers: couriers(settings)?,
    };
    let app = App::open(store, county, Keys::derive(&master.bytes), outside).await?;
    Ok((app.with_outlines(outlines(settings)?), master.made))
}

/// The county's drawn areas; empty where none are configured.
fn outlines(settings: &Settings) -> Result<Outlines> {
    let Some(path) = settings.outlines() else { return Ok(Outlines::default()) };
    let bytes = std::fs::read(&path)
        .map_err(|fault| Failure::Usage(format!("outlines {}: {fault}", path.display())))?;
    bihuan_documents::outlines::read(&bytes).map_err(|fault| {
        let sentence = fault.sentence();
        Failure::Usage(format!("outlines {}: {}", path.display(), sentence.en))
    })
}

/// The data must have a playbook before it can take or show matters.
pub(crate) fn with_playbook(app: &App) -> Result {
    if app.rules().in_force(app.now()).is_ok() {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "no playbook is in force for county {}. Put one in force first: \
         bihuan playbook apply playbooks/xingyang",
        app.county()
    )))
}

/// Lists of a restore that was broken off before they were made would be empty.
pub(crate) async fn with_lists(app: &App) -> Result {
    let unbuilt = app.store().setting(app.county(), UNBUILT).await?;
    if unbuilt.as_deref() != Some("yes") {
        return Ok(());
    }
    Err(Failure::Refused(
        "this data was restored, but its lists were not made: bihuan verify --rebuild".to_owned(),
    ))
}

/// Who acts on the command line: whoever holds the data and the key.
pub(crate) const fn caller() -> Caller {
    Caller::system()
}

fn only(there: &[CountyCode]) -> Result<CountyCode> {
    match there {
        [county] => Ok(county.clone()),
        [] => Err(Failure::Refused(
            "the data holds no county yet. Begin one: bihuan playbook apply playbooks/xingyang"
                .to_owned(),
        )),
        several => {
            let names: Vec<_> = several.iter().map(CountyCode::as_str).collect();
            let names = names.join(", ");
            Err(Failure::Usage(format!("the data holds several counties, {names}: --county CODE")))
        }
    }
}

fn couriers(settings: &Settings) -> Result<Vec<Arc<dyn Courier>>> {
    let mut couriers: Vec<Arc<dyn Courier>> = Vec::new();
    if let Some(mail) = Mail::open(settings)? {
        couriers.push(Arc::new(mail));
    }
    if let Some(messages) = HttpMessage::open(settings)? {
        couriers.push(Arc::new(messages));
    }
    Ok(couriers)
}
