//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html>
#[derive(Debug, Clone, Copy)]
pub struct AddPermission;

impl Operation for AddPermission {
    const META: &'static Meta = &meta::ADD_PERMISSION;
    type Input = types::AddPermissionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html>
#[derive(Debug, Clone, Copy)]
pub struct CancelMessageMoveTask;

impl Operation for CancelMessageMoveTask {
    const META: &'static Meta = &meta::CANCEL_MESSAGE_MOVE_TASK;
    type Input = types::CancelMessageMoveTaskRequest;
    type Output = types::CancelMessageMoveTaskResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html>
#[derive(Debug, Clone, Copy)]
pub struct ChangeMessageVisibility;

impl Operation for ChangeMessageVisibility {
    const META: &'static Meta = &meta::CHANGE_MESSAGE_VISIBILITY;
    type Input = types::ChangeMessageVisibilityRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html>
#[derive(Debug, Clone, Copy)]
pub struct ChangeMessageVisibilityBatch;

impl Operation for ChangeMessageVisibilityBatch {
    const META: &'static Meta = &meta::CHANGE_MESSAGE_VISIBILITY_BATCH;
    type Input = types::ChangeMessageVisibilityBatchRequest;
    type Output = types::ChangeMessageVisibilityBatchResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateQueue;

impl Operation for CreateQueue {
    const META: &'static Meta = &meta::CREATE_QUEUE;
    type Input = types::CreateQueueRequest;
    type Output = types::CreateQueueResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteMessage;

impl Operation for DeleteMessage {
    const META: &'static Meta = &meta::DELETE_MESSAGE;
    type Input = types::DeleteMessageRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteMessageBatch;

impl Operation for DeleteMessageBatch {
    const META: &'static Meta = &meta::DELETE_MESSAGE_BATCH;
    type Input = types::DeleteMessageBatchRequest;
    type Output = types::DeleteMessageBatchResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteQueue;

impl Operation for DeleteQueue {
    const META: &'static Meta = &meta::DELETE_QUEUE;
    type Input = types::DeleteQueueRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetQueueAttributes;

impl Operation for GetQueueAttributes {
    const META: &'static Meta = &meta::GET_QUEUE_ATTRIBUTES;
    type Input = types::GetQueueAttributesRequest;
    type Output = types::GetQueueAttributesResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html>
#[derive(Debug, Clone, Copy)]
pub struct GetQueueUrl;

impl Operation for GetQueueUrl {
    const META: &'static Meta = &meta::GET_QUEUE_URL;
    type Input = types::GetQueueUrlRequest;
    type Output = types::GetQueueUrlResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html>
#[derive(Debug, Clone, Copy)]
pub struct ListDeadLetterSourceQueues;

impl Operation for ListDeadLetterSourceQueues {
    const META: &'static Meta = &meta::LIST_DEAD_LETTER_SOURCE_QUEUES;
    type Input = types::ListDeadLetterSourceQueuesRequest;
    type Output = types::ListDeadLetterSourceQueuesResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html>
#[derive(Debug, Clone, Copy)]
pub struct ListMessageMoveTasks;

impl Operation for ListMessageMoveTasks {
    const META: &'static Meta = &meta::LIST_MESSAGE_MOVE_TASKS;
    type Input = types::ListMessageMoveTasksRequest;
    type Output = types::ListMessageMoveTasksResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListQueueTags;

impl Operation for ListQueueTags {
    const META: &'static Meta = &meta::LIST_QUEUE_TAGS;
    type Input = types::ListQueueTagsRequest;
    type Output = types::ListQueueTagsResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>
#[derive(Debug, Clone, Copy)]
pub struct ListQueues;

impl Operation for ListQueues {
    const META: &'static Meta = &meta::LIST_QUEUES;
    type Input = types::ListQueuesRequest;
    type Output = types::ListQueuesResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html>
#[derive(Debug, Clone, Copy)]
pub struct PurgeQueue;

impl Operation for PurgeQueue {
    const META: &'static Meta = &meta::PURGE_QUEUE;
    type Input = types::PurgeQueueRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>
#[derive(Debug, Clone, Copy)]
pub struct ReceiveMessage;

impl Operation for ReceiveMessage {
    const META: &'static Meta = &meta::RECEIVE_MESSAGE;
    type Input = types::ReceiveMessageRequest;
    type Output = types::ReceiveMessageResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html>
#[derive(Debug, Clone, Copy)]
pub struct RemovePermission;

impl Operation for RemovePermission {
    const META: &'static Meta = &meta::REMOVE_PERMISSION;
    type Input = types::RemovePermissionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
#[derive(Debug, Clone, Copy)]
pub struct SendMessage;

impl Operation for SendMessage {
    const META: &'static Meta = &meta::SEND_MESSAGE;
    type Input = types::SendMessageRequest;
    type Output = types::SendMessageResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>
#[derive(Debug, Clone, Copy)]
pub struct SendMessageBatch;

impl Operation for SendMessageBatch {
    const META: &'static Meta = &meta::SEND_MESSAGE_BATCH;
    type Input = types::SendMessageBatchRequest;
    type Output = types::SendMessageBatchResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct SetQueueAttributes;

impl Operation for SetQueueAttributes {
    const META: &'static Meta = &meta::SET_QUEUE_ATTRIBUTES;
    type Input = types::SetQueueAttributesRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html>
#[derive(Debug, Clone, Copy)]
pub struct StartMessageMoveTask;

impl Operation for StartMessageMoveTask {
    const META: &'static Meta = &meta::START_MESSAGE_MOVE_TASK;
    type Input = types::StartMessageMoveTaskRequest;
    type Output = types::StartMessageMoveTaskResult;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html>
#[derive(Debug, Clone, Copy)]
pub struct TagQueue;

impl Operation for TagQueue {
    const META: &'static Meta = &meta::TAG_QUEUE;
    type Input = types::TagQueueRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagQueue;

impl Operation for UntagQueue {
    const META: &'static Meta = &meta::UNTAG_QUEUE;
    type Input = types::UntagQueueRequest;
    type Output = wire::Empty;
}
