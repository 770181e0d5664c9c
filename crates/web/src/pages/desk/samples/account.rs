use super::{at, refused, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::account::{Me, Password, Post, Session, SignIn};
use crate::pages::desk::account::{password_form, sign_in_form};
use crate::sample;
use crate::shell::Shell;
use crate::view::form::Entered;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-sign-in", &sign_in(lang)),
        Sample::of("desk-sign-in-refused", &sign_in_refused(lang)),
        Sample::of("desk-password", &password(lang)),
        Sample::of("desk-password-first", &password_first(lang)),
        Sample::of("desk-me", &me(lang)),
    ]
}

/// Nobody is signed in yet.
fn outside(lang: Lang) -> Shell {
    sample::public(lang, "/sign-in")
}

fn sign_in(lang: Lang) -> SignIn {
    let form = sign_in_form(lang, "/inbox");
    SignIn { shell: outside(lang), form, refused: None, kept_form: true }
}

fn sign_in_refused(lang: Lang) -> SignIn {
    let entered =
        Entered { values: vec![("name".to_owned(), "zhaoming".to_owned())], errors: Vec::new() };
    SignIn {
        form: sign_in_form(lang, "/").entered(&entered),
        refused: Some(refused(
            lang,
            ("账号或密码不对", "Wrong account or password"),
            ("再试一次；连错5次要等15分钟。", "Try again; after five failures wait 15 minutes."),
        )),
        kept_form: false,
        shell: outside(lang),
    }
}

fn password(lang: Lang) -> Password {
    let entered = Entered {
        values: Vec::new(),
        errors: vec![("again".to_owned(), w(lang, "两次输入的不一样", "the two are not the same"))],
    };
    Password {
        shell: sample::desk(lang, "/me/password", ""),
        form: password_form(lang, 12).entered(&entered),
        is_first: false,
        done: None,
    }
}

fn password_first(lang: Lang) -> Password {
    Password { shell: outside(lang), form: password_form(lang, 12), is_first: true, done: None }
}

fn me(lang: Lang) -> Me {
    let session = |id: &str, device: &str, day, is_this| Session {
        id: id.to_owned(),
        device: device.to_owned(),
        began: at(9, day, 8, 31),
        last_used: at(9, 28, 14, 20),
        is_this,
    };
    let post = |id: &str, unit: (&str, &str), role: &str, is_current| Post {
        id: id.to_owned(),
        unit: w(lang, unit.0, unit.1),
        role: lang.code_of("role", role).into_owned(),
        is_current,
    };
    let centre = ("市网格化服务中心", "Grid service centre");
    Me {
        shell: sample::desk(lang, "/me", ""),
        name: w(lang, "赵敏", "Zhao Min"),
        account: "zhaomin".to_owned(),
        posts: vec![post("p1", centre, "triage", true), post("p2", centre, "dispatcher", false)],
        sessions: vec![
            session("s1", "Chrome 104, Windows", 28, true),
            session("s2", "Firefox 91, Linux", 21, false),
        ],
        done: None,
    }
}
