package io.twostep.error;

/** Everything that can go wrong, in one table: the wire name, the HTTP status, and one sentence for the title. */
public enum ErrorCode {
    MALFORMED_JSON(400, "The body is not valid JSON."),
    MALFORMED_CSV(400, "The body is not a readable CSV table."),
    MALFORMED_GZIP(400, "The body is not a whole gzip file."),
    MALFORMED_PARQUET(400, "The body is not a readable Parquet file."),
    MALFORMED_MULTIPART(400, "The multipart body cannot be read."),
    MALFORMED_REQUEST(400, "The request cannot be read."),
    INVALID_HEADER(400, "A header breaks a rule."),
    DUPLICATE_FIELD(400, "A field stands twice in one object."),
    LIMIT_EXCEEDED(400, "The JSON exceeds a limit."),
    NOT_FOUND(404, "There is no such resource."),
    METHOD_NOT_ALLOWED(405, "This resource does not answer that method."),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be produced."),
    REQUEST_TIMEOUT(408, "The body did not arrive in time."),
    NAME_TAKEN(409, "The name is in use."),
    DATASET_IN_USE(409, "A queued or running job needs the dataset."),
    JOB_STATE_CONFLICT(409, "The state of the job does not allow that."),
    NOT_REPRODUCIBLE(409, "Nobody can tell how the model was made."),
    IDEMPOTENCY_KEY_IN_USE(409, "A request with this Idempotency-Key is being worked on."),
    PAYLOAD_TOO_LARGE(413, "The body is larger than allowed."),
    DATASET_TOO_LARGE(413, "The table is larger than allowed."),
    TOO_MANY_INSTANCES(413, "More rows than one request may hold."),
    REQUEST_TOO_LARGE(413, "The request needs more memory than there is."),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported."),
    UNSUPPORTED_CONTENT_ENCODING(415, "The encoding of the body is not supported."),
    INVALID_REQUEST(422, "The request breaks a rule."),
    UNKNOWN_FIELD(422, "The body has a field that does not exist."),
    INVALID_PARAMETER(422, "A query parameter breaks a rule."),
    INVALID_NAME(422, "The name breaks a rule."),
    INVALID_MULTIPART(422, "The multipart body must hold exactly one file."),
    IDEMPOTENCY_CONFLICT(422, "The Idempotency-Key came with another request."),
    DATASET_EMPTY(422, "The table has no rows."),
    DATASET_SHAPE(422, "The rows of the table do not agree on its columns."),
    INVALID_COLUMN_NAME(422, "A column name breaks a rule."),
    NON_FINITE_NUMBER(422, "A number is not finite."),
    NETWORK_TOO_LARGE(422, "The network is larger than allowed."),
    JOB_TOO_LARGE(422, "The job needs more memory than there is."),
    REFERENCE_NOT_FOUND(422, "The request names something that does not exist."),
    INCOMPATIBLE_DATASET(422, "The dataset does not fit the request."),
    PREDICTION_SHAPE(422, "The instances do not fit the model's schema."),
    PREDICTION_NOT_FINITE(422, "The prediction is not a finite number."),
    BUSY(429, "The service is doing as much of this as it may."),
    QUEUE_FULL(429, "The queue of jobs is full."),
    INTERNAL(500, "Something went wrong inside the service."),
    MODEL_DAMAGED(503, "The stored model fails its checksum."),
    STORAGE_UNAVAILABLE(503, "The storage does not answer."),
    STORAGE_FULL(507, "The storage is full.");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The name used on the wire, as in {@code dataset-in-use}. */
    public String slug() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
