//! Naming the field that JSON is wrong in.

/// The field at `path`, or `None` if it is the whole value, or no field yet.
pub(crate) fn field(path: &serde_path_to_error::Path) -> Option<String> {
    let path = path.to_string();
    // Such is the path of a field whose name cannot be read.
    let known = path.trim_end_matches('?').trim_end_matches('.');
    (!known.is_empty()).then(|| known.to_owned())
}
