use bihuan_app::ports::Entropy;

/// The operating system's generator.
pub(crate) struct OsEntropy;

impl Entropy for OsEntropy {
    /// A machine without randomness must stop rather than go on with keys and
    /// codes that can be guessed; there is nothing a caller could do about it.
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            tracing::error!("the operating system gives no random bytes");
            std::process::abort();
        }
    }
}
