"""Fair queues: tenants with many messages in flight stand back."""


def send(sqs, queue, tenant, count):
    """Sends messages of one tenant; each says whose it is."""
    group = {"MessageGroupId": tenant} if tenant else {}
    for start in range(0, count, 10):
        entries = [{"Id": str(n), "MessageBody": tenant or "nobody", **group} for n in range(start, min(start + 10, count))]
        assert len(sqs.send_message_batch(QueueUrl=queue, Entries=entries)["Successful"]) == len(entries)


def receive(sqs, queue, count=10):
    return sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=count).get("Messages", [])


def bodies(messages):
    return [message["Body"] for message in messages]


def test_a_noisy_tenant_does_not_keep_others_waiting(sqs, queue):
    send(sqs, queue, "loud", 100)
    for _ in range(3):
        assert bodies(receive(sqs, queue)) == ["loud"] * 10
    send(sqs, queue, "soft", 3)
    send(sqs, queue, None, 1)
    assert bodies(receive(sqs, queue)) == ["soft"] * 3 + ["nobody"] + ["loud"] * 6
    send(sqs, queue, "soft", 1)
    assert bodies(receive(sqs, queue, 1)) == ["soft"]
    # Nothing is lost, and nothing comes twice.
    rest = []
    while found := receive(sqs, queue):
        rest += bodies(found)
    assert rest == ["loud"] * 64


def test_tenants_with_few_messages_come_in_order(sqs, queue):
    for tenant in ("a", "b", "a", "c", None):
        send(sqs, queue, tenant, 1)
    assert bodies(receive(sqs, queue)) == ["a", "b", "a", "c", "nobody"]


def test_what_is_shown_again(sqs, queue):
    send(sqs, queue, "loud", 50)
    first = [message for _ in range(3) for message in receive(sqs, queue)]
    send(sqs, queue, "soft", 2)
    again = receive(sqs, queue, 1)
    assert bodies(again) == ["soft"]
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=again[0]["ReceiptHandle"], VisibilityTimeout=0)
    for message in first:
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    assert bodies(receive(sqs, queue, 3)) == ["soft", "soft", "loud"]
    left = 0
    while found := receive(sqs, queue):
        left += len(found)
    assert left == 49
