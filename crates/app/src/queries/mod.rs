//! What the screens ask.
