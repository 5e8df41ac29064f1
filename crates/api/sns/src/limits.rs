//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static AMAZON_RESOURCE_NAME: Limits = Limits { min: Some(1), max: Some(1011), ..Limits::NONE };

pub(crate) static ISO2_COUNTRY_CODE: Limits =
    Limits { max: Some(2), pattern: "^[A-Za-z]{2}$", ..Limits::NONE };

pub(crate) static LANGUAGE_CODE_STRING: Limits = Limits {
    words: &[
        "en-US", "en-GB", "es-419", "es-ES", "de-DE", "fr-CA", "fr-FR", "it-IT", "ja-JP", "pt-BR", "kr-KR",
        "zh-CN", "zh-TW",
    ],
    ..Limits::NONE
};

pub(crate) static MAX_ITEMS: Limits = Limits { min: Some(1), max: Some(100), ..Limits::NONE };

pub(crate) static MAX_ITEMS_LIST_ORIGINATION_NUMBERS: Limits =
    Limits { min: Some(1), max: Some(30), ..Limits::NONE };

pub(crate) static NUMBER_CAPABILITY: Limits = Limits { words: &["SMS", "MMS", "VOICE"], ..Limits::NONE };

pub(crate) static NUMBER_CAPABILITY_LIST: Limits = Limits { item: Some(&NUMBER_CAPABILITY), ..Limits::NONE };

pub(crate) static OTP_CODE: Limits =
    Limits { min: Some(5), max: Some(8), pattern: "^[0-9]+$", ..Limits::NONE };

pub(crate) static PHONE_NUMBER_STRING: Limits =
    Limits { max: Some(20), pattern: "^(\\+[0-9]{8,}|[0-9]{0,9})$", ..Limits::NONE };

pub(crate) static ROUTE_TYPE: Limits =
    Limits { words: &["Transactional", "Promotional", "Premium"], ..Limits::NONE };

pub(crate) static SMS_SANDBOX_PHONE_NUMBER_VERIFICATION_STATUS: Limits =
    Limits { words: &["Pending", "Verified"], ..Limits::NONE };

pub(crate) static TAG_KEY: Limits = Limits { min: Some(1), max: Some(128), ..Limits::NONE };

pub(crate) static TAG_KEY_LIST: Limits = Limits { item: Some(&TAG_KEY), ..Limits::NONE };

pub(crate) static TAG_VALUE: Limits = Limits { min: Some(0), max: Some(256), ..Limits::NONE };
