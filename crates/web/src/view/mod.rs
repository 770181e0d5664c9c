//! The parts pages are made of. Each part is a struct with its own template in
//! `templates/components/<part>.html`; pages write `{{ shell.lamp(matter.lamp) }}`.
//!
//! Parts print themselves as markup and escape what is put into them.

pub mod day;
pub mod device;
pub mod equation;
pub mod field;
pub mod form;
pub mod lamp;
pub mod number;
pub mod paper;
pub mod qr;
pub mod rate;
pub mod rich;
pub mod state;
pub mod table;
pub mod timeline;
pub mod why;

/// Marks a part as markup that has escaped its own contents.
macro_rules! markup {
    ($($part:ident),* $(,)?) => {
        $(impl askama::filters::HtmlSafe for $part<'_> {})*
    };
}
pub(crate) use markup;
