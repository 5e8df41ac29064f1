//! One file for each operation.

pub mod change_message_visibility;
pub mod change_message_visibility_batch;
pub mod create_queue;
pub mod delete_message;
pub mod delete_message_batch;
pub mod get_queue_attributes;
pub mod get_queue_url;
pub mod receive_message;
pub mod send_message;
pub mod send_message_batch;
