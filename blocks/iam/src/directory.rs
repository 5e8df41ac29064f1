//! Who stands behind an access key, and what they may do: read from the region's copy, or from the `global` cell where
//! the region has none yet, and kept in memory until anything changes there.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use auth::{AuthError, Credential, Identities, Identity, Session, SessionForm};
use floor::{AccountId, Answer, Floor, Get, Placement, Region, Rights, RightsOf, call::Boxed};
use futures_util::future::{BoxFuture, join_all};
use parking_lot::RwLock;

use crate::{
    Iam, compiled, copies,
    key_use::Uses,
    mfa_codes::{Guesses, Spent},
    records::{self, AccessKey},
    sts::{self, token},
};

/// The access key id and the secret of the default credential.
pub const DEFAULT_KEY: &str = "test";

/// Credentials that are kept for one region at most; the next one empties the shelf.
const KEPT_MAX: usize = 10_000;

/// Whom one server lets in besides those that are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// `test`/`test` is the root of account 000000000000.
    pub default_credential: bool,
    /// Any key that is not recorded is root of the account that it names, whatever its secret.
    pub relaxed: bool,
}

/// The directory of all identities.
pub struct Directory {
    floor: OnceLock<Weak<Floor>>,
    admission: Admission,
    default: Arc<Identity>,
    default_secret: Arc<str>,
    /// For regions without a copy.
    global: Shelf,
    regions: RwLock<HashMap<Region, Arc<Shelf>>>,
    /// The copies are brought up to date by one at a time.
    bringing: tokio::sync::Mutex<()>,
    /// When and where keys were used.
    pub(crate) uses: Arc<Uses>,
    /// The MFA codes that were used.
    pub(crate) codes: Spent,
    /// The MFA codes that were wrong.
    pub(crate) guesses: Guesses,
}

/// What is kept of one copy.
#[derive(Default)]
struct Shelf {
    /// Rises with every change of what the shelf was read from.
    version: AtomicU64,
    known: RwLock<HashMap<String, Arc<Known>>>,
}

/// A credential and, once they were asked for, its rights.
struct Known {
    version: u64,
    secret: Arc<str>,
    token: Option<String>,
    expires_ms: u64,
    identity: Arc<Identity>,
    generation: u64,
    rights: OnceLock<Arc<Rights>>,
}

impl Shelf {
    fn at(&self, access_key: &str) -> Option<Arc<Known>> {
        let found = self.known.read().get(access_key).cloned()?;
        (found.version == self.version.load(Ordering::Acquire)).then_some(found)
    }

    fn keep(&self, access_key: &str, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        let mut all = self.known.write();
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert(access_key.to_owned(), known.clone());
        known
    }
}

impl Directory {
    /// A directory that lets in whom `admission` names and those that are recorded.
    pub fn new(admission: Admission) -> Arc<Self> {
        Arc::new(Self {
            floor: OnceLock::new(),
            admission,
            default: Arc::new(Identity::root(AccountId::DEFAULT).with_access_key(DEFAULT_KEY)),
            default_secret: DEFAULT_KEY.into(),
            global: Shelf::default(),
            regions: RwLock::default(),
            bringing: tokio::sync::Mutex::default(),
            uses: Arc::default(),
            codes: Spent::default(),
            guesses: Guesses::default(),
        })
    }

    /// The floor that its records are on. Before it is told, nobody is known but the default credential.
    pub fn belong_to(self: &Arc<Self>, floor: &Arc<Floor>) {
        let _ = self.floor.set(Arc::downgrade(floor));
        let _ = floor.rights.set(self.clone());
        floor.journal.watch(self.clone());
    }

    /// Whether unknown keys are taken at their word.
    pub fn is_relaxed(&self) -> bool {
        self.admission.relaxed
    }

    /// Everything that is kept was read from what is no more.
    pub fn forget(&self) {
        self.global.version.fetch_add(1, Ordering::AcqRel);
        self.regions.write().clear();
    }

    fn floor(&self) -> Result<Arc<Floor>, AuthError> {
        let floor = self.floor.get().and_then(Weak::upgrade);
        floor.ok_or_else(|| AuthError::Unavailable("the directory has no floor".to_owned()))
    }

    /// The floor, for a request.
    pub(crate) fn whole(&self) -> Answer<Arc<Floor>> {
        self.floor().map_err(|_| floor::fault::internal("the directory has no floor"))
    }

    /// What STS needs besides records: the steady time, and the time that credentials are checked by, in milliseconds
    /// since the epoch.
    pub(crate) fn clocks(&self) -> Answer<(std::time::Duration, u64)> {
        let floor = self.whole()?;
        Ok((floor.env.clocks.steady.now(), floor.env.clocks.auth.now().0))
    }

    /// Whether `region` is read from its own copy.
    fn shelf(&self, region: &Region) -> Option<Arc<Shelf>> {
        self.regions.read().get(region).cloned()
    }

    /// Where what `region` knows is read.
    pub(crate) fn place(&self, region: &Region) -> Placement {
        match self.shelf(region) {
            Some(_) => Placement::directory(region),
            None => Placement::global(),
        }
    }

    /// The shelf of `region`, which is put up when its copy is found.
    async fn find_shelf(&self, floor: &Floor, region: &Region) -> Answer<Option<Arc<Shelf>>> {
        if let Some(shelf) = self.shelf(region) {
            return Ok(Some(shelf));
        }
        if !floor.cells.has_data(region) || !copies::is_there(floor, region).await? {
            return Ok(None);
        }
        Ok(Some(self.regions.write().entry(region.clone()).or_default().clone()))
    }

    /// Something was changed in the `global` cell: what is kept of it is out of date, and the copies are brought up to
    /// date before the change is answered. A copy that cannot be is left to the caretaker.
    pub(crate) async fn changed(&self, floor: &Arc<Floor>) {
        self.global.version.fetch_add(1, Ordering::AcqRel);
        let _one = self.bringing.lock().await;
        let regions = regions_with_data(floor);
        let brought = join_all(regions.iter().map(|region| self.bring(floor, region))).await;
        for (region, fault) in regions.iter().zip(brought).filter_map(|(r, b)| Some((r, b.err()?))) {
            let why = fault.cause().unwrap_or(fault.message()).to_owned();
            tracing::warn!(region = region.as_str(), why, "a region's copy of identities lags behind");
        }
    }

    /// Brings the copies of all regions with data up to date: the caretaker's step. Answers how many changed.
    pub(crate) async fn tend(&self, floor: &Arc<Floor>) -> Answer<u64> {
        if !floor.cells.has_global() {
            return Ok(0);
        }
        let _one = self.bringing.lock().await;
        let mut changed = 0;
        for region in regions_with_data(floor) {
            changed += u64::from(self.bring(floor, &region).await?);
        }
        Ok(changed)
    }

    /// Gives accounts new signing keys where they are due: a caretaker's step.
    pub(crate) async fn tend_keys(&self, floor: &Arc<Floor>) -> Answer<u64> {
        let changed = crate::signing::tend(floor).await?;
        if changed > 0 {
            self.changed(floor).await;
        }
        Ok(changed)
    }

    /// What the issuer `id` of outbound federation publishes, as JSON: its keys, or where they are.
    pub async fn published(&self, id: &str, is_keys: bool) -> Answer<Option<String>> {
        let floor = self.whole()?;
        let place = if floor.cells.has_global() {
            Placement::global()
        } else {
            let known = self.regions.read().keys().next().cloned();
            known.as_ref().map_or_else(Placement::global, Placement::directory)
        };
        crate::outbound::published(&floor.view::<Iam>(&place).await?, id, is_keys).await
    }

    async fn bring(&self, floor: &Arc<Floor>, region: &Region) -> Answer<bool> {
        let has_changed = copies::bring(floor, region).await?;
        if has_changed || self.shelf(region).is_none() {
            let shelf = self.regions.write().entry(region.clone()).or_default().clone();
            shelf.version.fetch_add(1, Ordering::AcqRel);
        }
        Ok(has_changed)
    }

    /// For `kumiki status`: how many changes each region's copy lags behind.
    pub async fn lags(&self, floor: &Floor) -> Vec<(Region, Option<usize>)> {
        let regions: Vec<Region> = self.regions.read().keys().cloned().collect();
        let mut all = Vec::new();
        for region in regions {
            let lag = copies::lag(floor, &region).await.ok().flatten();
            all.push((region, lag));
        }
        all
    }

    async fn known(
        &self,
        access_key: &str,
        token: Option<&str>,
        region: Option<&str>,
    ) -> Result<Arc<Known>, AuthError> {
        let floor = self.floor()?;
        let region: Region = region.and_then(|r| r.parse().ok()).unwrap_or_default();
        let shelf = self.find_shelf(&floor, &region).await.map_err(unavailable)?;
        let shelf = shelf.as_deref().unwrap_or(&self.global);
        let now_ms = floor.env.clocks.auth.now().0;
        let known = if let Some(known) = shelf.at(access_key) {
            known
        } else {
            let version = shelf.version.load(Ordering::Acquire);
            let mut known = self.load(&floor, access_key, token, &region).await?;
            known.version = version;
            shelf.keep(access_key, known)
        };
        match (&known.token, token) {
            (None, Some(given)) => Err(AuthError::InvalidToken(given.to_owned())),
            (Some(_), None) => Err(AuthError::UnknownKey(access_key.to_owned())),
            // The same key with another token is another matter: only what was sealed here is taken.
            (Some(kept), Some(given)) if kept != given => Err(AuthError::InvalidToken(given.to_owned())),
            (Some(kept), _) if known.expires_ms <= now_ms => Err(AuthError::ExpiredToken(kept.clone())),
            _ => Ok(known),
        }
    }

    /// Reads a credential.
    async fn load(
        &self,
        floor: &Floor,
        access_key: &str,
        token: Option<&str>,
        region: &Region,
    ) -> Result<Known, AuthError> {
        if let Some(token) = token.filter(|_| access_key.starts_with("ASIA")) {
            let mut known = of_token(floor, access_key, token)?;
            if matches!(known.identity.kind, auth::Kind::User { .. }) {
                let view = floor.view::<Iam>(&self.place(region)).await.map_err(unavailable)?;
                known.identity = as_called_now(&view, known.identity).await.map_err(unavailable)?;
            }
            return Ok(known);
        }
        let unknown = || AuthError::UnknownKey(access_key.to_owned());
        let view = floor.view::<Iam>(&self.place(region)).await.map_err(unavailable)?;
        let found: Option<AccessKey> =
            view.load(&records::access_key_key(access_key)).await.map_err(unavailable)?;
        let key = found.filter(|key| key.is_active).ok_or_else(unknown)?;
        let identity = match &key.user {
            None => Identity::root(key.account),
            Some(name) => {
                let user = records::user(&view, &key.account, name).await.map_err(unavailable)?;
                let user = user.ok_or_else(unknown)?;
                Identity::user(key.account, user.path, user.name, user.id)
            }
        };
        let secret = crate::secrets::open(&floor.seal, access_key, &key.secret).map_err(unavailable)?;
        Ok(Known {
            version: 0,
            secret: secret.into(),
            token: None,
            expires_ms: u64::MAX,
            identity: Arc::new(identity.with_access_key(access_key)),
            generation: key.created_ms,
            rights: OnceLock::new(),
        })
    }

    async fn is_recorded(&self, access_key: &str, region: Option<&str>) -> Result<bool, AuthError> {
        let region: Region = region.and_then(|r| r.parse().ok()).unwrap_or_default();
        let view = self.floor()?.view::<Iam>(&self.place(&region)).await.map_err(unavailable)?;
        let found: Option<AccessKey> =
            view.load(&records::access_key_key(access_key)).await.map_err(unavailable)?;
        Ok(found.is_some())
    }

    /// The rights of `who`, read from what `region` knows.
    async fn rights(&self, floor: &Floor, who: &Identity, region: &Region) -> Answer<Rights> {
        let view = floor.view::<Iam>(&self.place(region)).await?;
        rights_of(&view, who).await
    }
}

fn regions_with_data(floor: &Floor) -> Vec<Region> {
    floor.cells.regions().into_iter().filter(|region| floor.cells.has_data(region)).collect()
}

/// A credential of STS: everything is in the token.
fn of_token(floor: &Floor, access_key: &str, text: &str) -> Result<Known, AuthError> {
    let invalid = || AuthError::InvalidToken(text.to_owned());
    let ticket = token::open(&floor.seal, text).ok_or_else(invalid)?;
    if ticket.access_key != access_key {
        return Err(invalid());
    }
    let (expires_ms, generation) = (ticket.session.expires_ms, ticket.session.issued_ms);
    let (secret, identity) = ticket.into_identity();
    Ok(Known {
        version: 0,
        secret: secret.into(),
        token: Some(text.to_owned()),
        expires_ms,
        identity: Arc::new(identity),
        generation,
        rights: OnceLock::new(),
    })
}

/// A user in a session, by the name that the user has now.
async fn as_called_now<R: Get>(read: &R, who: Arc<Identity>) -> Answer<Arc<Identity>> {
    let auth::Kind::User { path, name } = &who.kind else { return Ok(who) };
    match records::user_with_id(read, &who.account, name, &who.user_id).await? {
        Some(user) if user.name != *name || user.path != *path => {
            let kind = auth::Kind::User { path: user.path, name: user.name };
            Ok(Arc::new((*who).clone().called(kind)))
        }
        _ => Ok(who),
    }
}

/// What `who` may do by the records in `read`.
pub(crate) async fn rights_of<R: Get>(read: &R, who: &Identity) -> Answer<Rights> {
    let session = who.session.as_deref();
    let account = &who.account;
    let mut rights = match &who.kind {
        auth::Kind::User { name, .. } => of_user(read, account, name, Some(&who.user_id)).await?,
        auth::Kind::FederatedUser { .. } => match session {
            Some(session) => of_issuer(read, account, session).await?,
            None => Rights::default(),
        },
        auth::Kind::RoleSession { role, .. } => of_role(read, who, role).await?,
        _ => Rights::default(),
    };
    if let Some(session) = session {
        rights.session = of_session(read, account, session).await?;
        for (key, value) in &session.tags {
            rights.tags.retain(|(other, _)| !other.eq_ignore_ascii_case(key));
            rights.tags.push((key.clone(), value.clone()));
        }
    }
    Ok(rights)
}

/// What a root may do.
const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

/// What a principal may do that is no longer there: nothing, whatever policies of resources say of its ARN. Its session
/// lasts longer than it does.
fn gone() -> Answer<Rights> {
    let identity = vec![compiled::named("the principal is no longer there", NOTHING)?];
    Ok(Rights { identity, ..Rights::default() })
}

/// See [`gone`].
const NOTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;

/// Who asked for a federated session: a user, or the root.
async fn of_issuer<R: Get>(read: &R, account: &AccountId, session: &Session) -> Answer<Rights> {
    match &session.issuer {
        Some(name) => of_user(read, account, name, session.issuer_id.as_deref()).await,
        None => Ok(Rights { identity: vec![compiled::named("root", EVERYTHING)?], ..Rights::default() }),
    }
}

async fn of_user<R: Get>(read: &R, account: &AccountId, name: &str, id: Option<&str>) -> Answer<Rights> {
    let user = match id {
        Some(id) => records::user_with_id(read, account, name, id).await?,
        None => records::user(read, account, name).await?,
    };
    let Some(user) = user else { return gone() };
    let mut rights = Rights { tags: user.tags, ..Rights::default() };
    compiled::attach(read, account, &user.policies, &mut rights.identity).await?;
    for name in &user.groups {
        if let Some(group) = records::group(read, account, name).await? {
            compiled::attach(read, account, &group.policies, &mut rights.identity).await?;
        }
    }
    rights.boundary = compiled::boundary(read, account, user.boundary.as_deref()).await?;
    Ok(rights)
}

/// A role that was made anew under the same name has another id, and its former sessions have no rights.
async fn of_role<R: Get>(read: &R, who: &Identity, name: &str) -> Answer<Rights> {
    let role = records::role(read, &who.account, name).await?;
    let Some(role) = role.filter(|role| who.user_id.split(':').next() == Some(role.id.as_str())) else {
        return gone();
    };
    let mut rights = Rights { tags: role.tags, ..Rights::default() };
    compiled::attach(read, &who.account, &role.policies, &mut rights.identity).await?;
    rights.boundary = compiled::boundary(read, &who.account, role.boundary.as_deref()).await?;
    Ok(rights)
}

/// The session's policies. A federated user without any may do nothing, others are then not limited.
async fn of_session<R: Get>(
    read: &R,
    account: &AccountId,
    session: &Session,
) -> Answer<Option<Vec<floor::Attached>>> {
    let mut all = Vec::new();
    if let Some(text) = &session.policy {
        all.push(compiled::named("session", text)?);
    }
    for arn in &session.policy_arns {
        if let Some(text) = records::policy_text(read, account, arn).await? {
            all.push(compiled::named(arn, &text)?);
        }
    }
    // The policies of root tasks only deny all that is not of the task.
    if session.form == SessionForm::Root {
        all.push(compiled::named("root", EVERYTHING)?);
    }
    let is_limited = session.policy.is_some()
        || !session.policy_arns.is_empty()
        || session.form == SessionForm::Federation;
    Ok(is_limited.then_some(all))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn unavailable(fault: floor::Fault) -> AuthError {
    AuthError::Unavailable(fault.cause().unwrap_or(fault.message()).to_owned())
}

impl Identities for Directory {
    fn find<'a>(
        &'a self,
        access_key: &'a str,
        token: Option<&'a str>,
        region: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        if self.admission.default_credential && access_key == DEFAULT_KEY {
            let found = match token {
                None => Ok(Credential {
                    secret: self.default_secret.clone(),
                    identity: self.default.clone(),
                    generation: 0,
                    is_taken_at_its_word: self.admission.relaxed,
                    is_public: true,
                }),
                Some(token) => Err(AuthError::InvalidToken(token.to_owned())),
            };
            return Box::pin(std::future::ready(found));
        }
        Box::pin(async move {
            match self.known(access_key, token, region).await {
                Ok(known) => Ok(Credential {
                    secret: known.secret.clone(),
                    identity: known.identity.clone(),
                    generation: known.generation,
                    is_taken_at_its_word: false,
                    is_public: false,
                }),
                // A key that is recorded and inactive is known, and refused.
                Err(AuthError::UnknownKey(key))
                    if self.admission.relaxed && !self.is_recorded(&key, region).await? =>
                {
                    Ok(taken_at_its_word(&key))
                }
                Err(error) => Err(error),
            }
        })
    }

    /// Temporary keys are not asked for by anyone, and the default credential is not recorded.
    fn used(&self, access_key: &str, service: &str, region: Option<&Region>) {
        if let (true, Ok(floor)) = (access_key.starts_with("AKIA"), self.floor()) {
            self.uses.note(access_key, service, region, floor.env.clocks.service.now());
        }
    }
}

/// The root of the account that a key names: by being its number, or as AWS's keys do; else the default account's.
fn taken_at_its_word(access_key: &str) -> Credential {
    let by_number = || access_key.parse().ok();
    let account = sts::account_in(access_key).and_then(|text| text.parse().ok()).or_else(by_number);
    let identity = Identity::root(account.unwrap_or(AccountId::DEFAULT)).with_access_key(access_key);
    Credential {
        secret: "".into(),
        identity: Arc::new(identity),
        generation: 0,
        is_taken_at_its_word: true,
        is_public: true,
    }
}

impl RightsOf for Directory {
    fn at_hand(&self, who: &Identity, region: &Region) -> Option<Arc<Rights>> {
        let access_key = who.access_key.as_deref()?;
        let shelf = self.shelf(region);
        let known = shelf.as_deref().unwrap_or(&self.global).at(access_key)?;
        let is_the_same = std::ptr::eq(&raw const *known.identity, who) || *known.identity == *who;
        is_the_same.then(|| known.rights.get().cloned()).flatten()
    }

    fn find<'a>(&'a self, who: &'a Identity, region: &'a Region) -> Boxed<'a, Answer<Arc<Rights>>> {
        Box::pin(async move {
            let floor =
                self.floor().map_err(|_| floor::fault::internal("the directory has no floor".to_owned()))?;
            let shelf = self.find_shelf(&floor, region).await?;
            let shelf = shelf.as_deref().unwrap_or(&self.global);
            let known = who.access_key.as_deref().and_then(|key| shelf.at(key));
            let rights = Arc::new(self.rights(&floor, who, region).await?);
            match known.filter(|known| *known.identity == *who) {
                // Kept only where nothing changed since the credential was read: `at` compares.
                Some(known) => Ok(known.rights.get_or_init(|| rights).clone()),
                None => Ok(rights),
            }
        })
    }
}
