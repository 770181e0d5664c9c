//! A SELECT put together from parts, with its arguments beside it. Only fixed
//! text of ours becomes SQL; whatever a person typed is an argument.

/// Values a list may have and still be written out.
const SHORT: usize = 60;

#[derive(Clone, Debug)]
pub(super) enum Argument {
    Text(String),
    Int(i64),
}

/// A whole text and its arguments.
pub(super) type Finished = (String, Vec<Argument>);

#[derive(Clone, Debug, Default)]
pub(super) struct Select {
    text: String,
    arguments: Vec<Argument>,
    conditions: Vec<String>,
}

impl Select {
    pub(super) fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Sets the text before the conditions, for texts that hold arguments.
    pub(super) fn begin(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }

    /// Adds an argument; returns its place, `$n`.
    pub(super) fn text(&mut self, value: impl Into<String>) -> String {
        self.arguments.push(Argument::Text(value.into()));
        format!("${}", self.arguments.len())
    }

    pub(super) fn int(&mut self, value: i64) -> String {
        self.arguments.push(Argument::Int(value));
        format!("${}", self.arguments.len())
    }

    /// A list of texts, to stand after `IN`. A short one is written out: of a
    /// subquery PostgreSQL assumes a hundred rows, and reads the whole table.
    pub(super) fn texts(&mut self, values: &[String], postgres: bool) -> String {
        if (1..=SHORT).contains(&values.len()) {
            let places: Vec<String> = values.iter().map(|value| self.text(value)).collect();
            return format!("({})", places.join(", "));
        }
        let at = self.text(serde_json::json!(values).to_string());
        if postgres {
            format!(
                "(SELECT value FROM jsonb_array_elements_text({at}::text::jsonb) AS listed(value))"
            )
        } else {
            format!("(SELECT value FROM json_each({at}))")
        }
    }

    pub(super) fn filter(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    pub(super) fn finish(mut self, tail: &str) -> Finished {
        if !self.conditions.is_empty() {
            self.text.push_str(" WHERE ");
            self.text.push_str(&self.conditions.join(" AND "));
        }
        self.text.push(' ');
        self.text.push_str(tail);
        (self.text, self.arguments)
    }
}

/// Runs a finished select on a pool and reads each row.
macro_rules! run {
    ($store:expr, $finished:expr) => {{
        let (text, arguments) = $finished;
        on_pool!($store, c => {
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(text));
            for argument in arguments {
                query = match argument {
                    $crate::read::select::Argument::Text(value) => {
                        query.bind($crate::engine::clean(value)?)
                    }
                    $crate::read::select::Argument::Int(value) => query.bind(value),
                };
            }
            query.fetch_all(c).await?
        })
    }};
}
pub(super) use run;
