// The wire of the stand-in: messages of the client's own definitions.
import grpc from '@grpc/grpc-js';
import anyMessages from 'google-protobuf/google/protobuf/any_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

const { AppendResp, BatchAppendResp, ReadResp } = streams;

const fault = (code, details, fields) => {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(fields)) metadata.set(key, String(value));
  return Object.assign(new Error(details), { code, details, metadata });
};

export const notLeader = ({ host, port }) =>
  fault(grpc.status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': port,
  });

export const streamDeleted = (stream) =>
  fault(grpc.status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const tooLarge = (limit) =>
  fault(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': limit,
  });

export const unavailable = () => fault(grpc.status.UNAVAILABLE, 'Connection dropped', {});

export const notReady = () => fault(grpc.status.UNAVAILABLE, 'Server Is Not Ready', {});

export const accessDenied = () => fault(grpc.status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = () => fault(grpc.status.UNAUTHENTICATED, 'Unauthenticated', {});

export const tooSlow = () =>
  fault(
    grpc.status.ABORTED,
    'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
    {},
  );

/** What comes of a call that the server did not expect. */
export const handlerFault = () => fault(grpc.status.UNKNOWN, 'Exception was thrown by handler.', {});

export const wrongVersion = (stream, expected, actual) =>
  fault(grpc.status.FAILED_PRECONDITION, `Append failed due to WrongExpectedVersion. Stream: ${stream}.`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': expected === 'no_stream' ? -1 : expected,
    'actual-version': actual,
  });

export const statusOf = ({ code, details }) => fault(code, details ?? 'by script', {});

export const nameOf = (identifier) => Buffer.from(identifier.getStreamName_asU8()).toString('utf8');

export const identifierOf = (name) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(new Uint8Array(Buffer.from(name, 'utf8')));
  return identifier;
};

export const idOf = (text) => {
  const id = new shared.UUID();
  id.setString(text);
  return id;
};

/** An event as a client proposes it, to what the log takes. */
export const proposedOf = (message) => ({
  id: message.getId().getString(),
  type: message.getMetadataMap().get('type'),
  contentType: message.getMetadataMap().get('content-type'),
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

/** @param options of an append or a batch append. */
export const expectedOf = (options) => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt('getRevision' in options ? options.getRevision() : options.getStreamPosition());
};

/** An append that went in: where its last event stands, as far as the server knows. */
const success = (Success, Position, { revision, commit, prepare }) => {
  const said = new Success();
  if (revision < 0) said.setNoStream(new shared.Empty());
  else said.setCurrentRevision(String(revision));
  if (commit === undefined) {
    said.setNoPosition(new shared.Empty());
    return said;
  }
  const position = new Position();
  position.setCommitPosition(String(commit));
  position.setPreparePosition(String(prepare));
  said.setPosition(position);
  return said;
};

export const appendAnswer = (outcome, expected) => {
  const answer = new AppendResp();
  if (outcome.kind === 'written') {
    answer.setSuccess(success(AppendResp.Success, AppendResp.Position, outcome));
    return answer;
  }
  const wrong = new AppendResp.WrongExpectedVersion();
  if (outcome.actual >= 0) wrong.setCurrentRevision(String(outcome.actual));
  else wrong.setCurrentNoStream(new shared.Empty());
  if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else wrong.setExpectedStreamExists(new shared.Empty());
  answer.setWrongExpectedVersion(wrong);
  return answer;
};

/** How the stream of appends says each refusal. */
const batchRefusals = {
  wrong: ({ actual }, stream, expected) => {
    const wrong = new shared.WrongExpectedVersion();
    if (actual >= 0) wrong.setCurrentStreamRevision(String(actual));
    else wrong.setCurrentNoStream(new empties.Empty());
    if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(String(expected));
    else if (expected === 'no_stream') wrong.setExpectedNoStream(new empties.Empty());
    else if (expected === 'any') wrong.setExpectedAny(new empties.Empty());
    else wrong.setExpectedStreamExists(new empties.Empty());
    return [wrong, 'WrongExpectedVersion'];
  },
  deleted: (_, stream) => {
    const deleted = new shared.StreamDeleted();
    deleted.setStreamIdentifier(identifierOf(stream));
    return [deleted, 'StreamDeleted'];
  },
  'too large': ({ limit }) => {
    const exceeded = new shared.MaximumAppendSizeExceeded();
    exceeded.setMaxappendsize(limit);
    return [exceeded, 'MaximumAppendSizeExceeded'];
  },
  denied: () => [new shared.AccessDenied(), 'AccessDenied'],
};

export const batchAnswer = (correlation, outcome, stream, expected) => {
  const answer = new BatchAppendResp();
  answer.setCorrelationId(correlation);
  answer.setStreamIdentifier(identifierOf(stream));
  if (outcome.kind === 'written') {
    answer.setSuccess(success(BatchAppendResp.Success, shared.AllStreamPosition, outcome));
    return answer;
  }
  const [refusal, name] = batchRefusals[outcome.kind](outcome, stream, expected);
  const details = new anyMessages.Any();
  details.pack(refusal.serializeBinary(), `event_store.client.${name}`);
  const status = new statuses.Status();
  status.setDetails(details);
  answer.setError(status);
  return answer;
};

/** How the stream of appends says what the client has no error for, as that the server is busy. */
export const unheardOfAnswer = (correlation, stream) => {
  const answer = new BatchAppendResp();
  answer.setCorrelationId(correlation);
  answer.setStreamIdentifier(identifierOf(stream));
  const details = new anyMessages.Any();
  details.pack(new empties.Empty().serializeBinary(), 'google.protobuf.Empty');
  const status = new statuses.Status();
  status.setMessage('Server Is Busy');
  status.setDetails(details);
  answer.setError(status);
  return answer;
};

/** A record as it is read. */
export const eventAnswer = (record) => {
  const event = new ReadResp.ReadEvent.RecordedEvent();
  event.setId(idOf(record.id));
  event.setStreamIdentifier(identifierOf(record.stream));
  event.setStreamRevision(String(record.revision));
  event.setCommitPosition(String(record.commit));
  event.setPreparePosition(String(record.prepare));
  const map = event.getMetadataMap();
  map.set('type', record.type).set('content-type', record.contentType).set('created', String(record.created));
  event.setData(record.data);
  if (record.metadata?.length > 0) event.setCustomMetadata(record.metadata);
  const read = new ReadResp.ReadEvent();
  read.setEvent(event);
  read.setCommitPosition(String(record.commit));
  const answer = new ReadResp();
  answer.setEvent(read);
  return answer;
};

export const notFoundAnswer = (stream) => {
  const missing = new ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const answer = new ReadResp();
  answer.setStreamNotFound(missing);
  return answer;
};

export const confirmedAnswer = (id) => {
  const confirmation = new ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const answer = new ReadResp();
  answer.setConfirmation(confirmation);
  return answer;
};

export const checkpointAnswer = ({ commit, prepare }) => {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(commit));
  checkpoint.setPreparePosition(String(prepare));
  const answer = new ReadResp();
  answer.setCheckpoint(checkpoint);
  return answer;
};

export const caughtUpAnswer = () => {
  const answer = new ReadResp();
  answer.setCaughtUp(new ReadResp.CaughtUp());
  return answer;
};

export const featuresOf = (batchAppend) => {
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('24.6.0 (stand-in)');
  const names = ['append', 'read', 'delete', 'tombstone', ...(batchAppend ? ['batchappend'] : [])];
  supported.setMethodsList(
    names.map((name) => {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      return method;
    }),
  );
  return supported;
};

export const clusterInfo = (members) => {
  const info = new gossip.ClusterInfo();
  info.setMembersList(
    members.map(({ host, port, state = 'LEADER', alive = true }, index) => {
      const endpoint = new gossip.EndPoint();
      endpoint.setAddress(host);
      endpoint.setPort(port);
      const member = new gossip.MemberInfo();
      member.setInstanceId(idOf(`00000000-0000-4000-b000-${String(index).padStart(12, '0')}`));
      member.setState(gossip.MemberInfo.VNodeState[state]);
      member.setIsAlive(alive);
      member.setHttpEndPoint(endpoint);
      return member;
    }),
  );
  return info;
};
