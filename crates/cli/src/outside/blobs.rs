//! Photos and files, in a folder by default or in a bucket. A folder is written
//! through to the disk, file and directory, before `put` answers: a receipt is
//! given only for what would survive the power failing.

use std::path::Path;
use std::sync::Arc;

use bihuan_app::ports::{Blobs, PortFault, PortFuture};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt as _};

use crate::failure::{Failure, Result};
use crate::settings::Settings;

pub(crate) struct KeptBlobs {
    store: Arc<dyn ObjectStore>,
}

impl KeptBlobs {
    pub(crate) fn open(settings: &Settings) -> Result<Self> {
        match settings.blobs_folder() {
            Some(folder) => Self::folder(&folder),
            None => Self::bucket(settings.get("blobs").unwrap_or_default(), settings),
        }
    }

    fn folder(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|f| Failure::file("the folder", folder, f))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|fault| Failure::file("the folder", folder, fault))?;
        Ok(Self { store: Arc::new(store.with_fsync(true)) })
    }

    fn bucket(place: &str, settings: &Settings) -> Result<Self> {
        let rest = place.trim_start_matches("s3://");
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket);
        if let Some(endpoint) = settings.get("s3_endpoint") {
            builder =
                builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(region) = settings.get("s3_region") {
            builder = builder.with_region(region);
        }
        if let (Some(key), Some(secret)) =
            (settings.get("s3_access_key"), settings.get("s3_secret_key"))
        {
            builder = builder.with_access_key_id(key).with_secret_access_key(secret);
        }
        let bucket = builder
            .build()
            .map_err(|fault| Failure::Usage(format!("blobs = \"{place}\": {fault}")))?;
        Ok(Self { store: Arc::new(PrefixStore::new(bucket, prefix)) })
    }
}

impl Blobs for KeptBlobs {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> PortFuture<'a, ()> {
        Box::pin(async move {
            self.store.put(&path(name)?, bytes.into()).await.map(|_| ()).map_err(fault)
        })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        Box::pin(async move {
            let found = self.store.get(&path(name)?).await.map_err(fault)?;
            found.bytes().await.map(Into::into).map_err(fault)
        })
    }

    fn has<'a>(&'a self, name: &'a str) -> PortFuture<'a, bool> {
        Box::pin(async move {
            match self.store.head(&path(name)?).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(other) => Err(fault(other)),
            }
        })
    }

    fn delete<'a>(&'a self, name: &'a str) -> PortFuture<'a, ()> {
        Box::pin(async move { self.store.delete(&path(name)?).await.map_err(fault) })
    }
}

fn path(name: &str) -> std::result::Result<object_store::path::Path, PortFault> {
    object_store::path::Path::parse(name).map_err(|fault| PortFault::Failed(fault.to_string()))
}

fn fault(fault: object_store::Error) -> PortFault {
    match fault {
        object_store::Error::NotFound { path, .. } => PortFault::NotFound(path),
        other => PortFault::Failed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use axum::body::to_bytes;
    use axum::extract::{Request, State};
    use axum::http::header::{AUTHORIZATION, ETAG, LAST_MODIFIED};
    use axum::http::{Method, StatusCode};
    use axum::response::{IntoResponse as _, Response};

    use super::*;

    #[tokio::test]
    async fn a_blob_comes_back_as_it_was_given_until_it_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = KeptBlobs::folder(&folder.path().join("blobs")).unwrap();
        blobs.put("410182/ab/photo", b"bytes".to_vec()).await.unwrap();
        assert_eq!(blobs.get("410182/ab/photo").await.unwrap(), b"bytes");
        assert!(blobs.has("410182/ab/photo").await.unwrap());
        assert!(!blobs.has("410182/ab/other").await.unwrap());
        blobs.delete("410182/ab/photo").await.unwrap();
        let gone = blobs.get("410182/ab/photo").await;
        assert!(matches!(gone, Err(PortFault::NotFound(_))), "{gone:?}");
    }

    type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

    /// As much of a bucket as these commands ask for; only its key's holder gets in.
    async fn bucket(State(objects): State<Objects>, request: Request) -> Response {
        let signed = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        if !signed.is_some_and(|value| value.contains("Credential=county-key/")) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let (head, body) = request.into_parts();
        let name = head.uri.path().to_owned();
        let body = to_bytes(body, 1 << 20).await.unwrap().to_vec();
        let mut objects = objects.lock().unwrap();
        match head.method {
            Method::PUT => {
                objects.insert(name, body);
                [(ETAG, "\"1\"")].into_response()
            }
            Method::GET => match objects.get(&name) {
                Some(bytes) => {
                    let headers =
                        [(ETAG, "\"1\""), (LAST_MODIFIED, "Sun, 01 Mar 2026 00:00:00 GMT")];
                    (headers, bytes.clone()).into_response()
                }
                None => StatusCode::NOT_FOUND.into_response(),
            },
            Method::DELETE => {
                objects.remove(&name);
                StatusCode::NO_CONTENT.into_response()
            }
            // Several are deleted by a list of their keys.
            _ => {
                let list = String::from_utf8(body).unwrap();
                let keys = list.split("<Key>").skip(1).filter_map(|rest| rest.split('<').next());
                let deleted = keys.map(|key| {
                    objects.remove(&format!("{name}/{key}"));
                    format!("<Deleted><Key>{key}</Key></Deleted>")
                });
                let deleted: String = deleted.collect();
                format!("<DeleteResult>{deleted}</DeleteResult>").into_response()
            }
        }
    }

    #[tokio::test]
    async fn a_bucket_keeps_a_blob_under_its_prefix() {
        let objects = Objects::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let pages = axum::Router::new().fallback(bucket).with_state(Arc::clone(&objects));
        tokio::spawn(async { axum::serve(listener, pages).await });
        let flags = [
            ("blobs", "s3://evidence/xingyang".to_owned()),
            ("s3_endpoint", endpoint),
            ("s3_region", "cn-north".to_owned()),
            ("s3_access_key", "county-key".to_owned()),
            ("s3_secret_key", "secret".to_owned()),
        ];
        let blobs = KeptBlobs::open(&Settings::read(None, flags.into()).unwrap()).unwrap();
        blobs.put("410182/photo", b"bytes".to_vec()).await.unwrap();
        let names: Vec<String> = objects.lock().unwrap().keys().cloned().collect();
        assert_eq!(names, ["/evidence/xingyang/410182/photo"]);
        assert_eq!(blobs.get("410182/photo").await.unwrap(), b"bytes");
        blobs.delete("410182/photo").await.unwrap();
        let gone = blobs.get("410182/photo").await;
        assert!(matches!(gone, Err(PortFault::NotFound(_))), "{gone:?}");
    }

    #[tokio::test]
    async fn a_name_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = KeptBlobs::folder(&folder.path().join("blobs")).unwrap();
        assert!(blobs.put("../outside", Vec::new()).await.is_err());
        assert!(!folder.path().join("outside").exists());
    }
}
