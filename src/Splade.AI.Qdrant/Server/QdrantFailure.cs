using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;
using Grpc.Core;

namespace Splade.AI.Qdrant.Server;

/// <summary>What a failed call of Qdrant means: whether it may succeed later, what it is called, and what to do.</summary>
/// <param name="IsTransient">Whether the same call may succeed later.</param>
/// <param name="Code">The name of the failure.</param>
/// <param name="Remedy">What to do, as a sentence; empty if the server says it.</param>
/// <param name="Wait">How long the server asks to wait; null if it does not say.</param>
internal readonly record struct QdrantFailure(bool IsTransient, string Code, string Remedy, TimeSpan? Wait = null)
{
    /// <summary>Of a server that is too busy: seconds.</summary>
    private const string RetryAfter = "retry-after";

    /// <summary>Of a server whose disk or memory is full: under the same status as one that is too busy.</summary>
    private const string InsufficientStorage = "qdrant-insufficient-storage";

    public static QdrantFailure Of(RpcException failure)
    {
        string code = JsonNamingPolicy.SnakeCaseUpper.ConvertName(failure.StatusCode.ToString());
        return failure.StatusCode switch
        {
            _ when Causes(failure).OfType<AuthenticationException>().Any() => new(
                false, "TLS", "See whether the server speaks TLS at this port, and whether its certificate is trusted here and is for this name."),
            StatusCode.Unavailable => new(true, code, "See whether the server runs and can be reached there; its gRPC has a port of its own, 6334 by default."),
            StatusCode.DeadlineExceeded => new(
                true, code, $"If the server is slow rather than stuck, raise {nameof(QdrantHybridStoreOptions.RequestTimeout)}."),
            StatusCode.ResourceExhausted => Exhausted(failure, code),
            StatusCode.Internal or StatusCode.Unknown when IsCut(failure) => new(
                true, code, "The connection ended before the answer was whole. If every call ends so, the port is not that of Qdrant's gRPC, 6334 by default."),
            _ when failure.Status.Detail.Contains("Bad gRPC response", StringComparison.Ordinal) => new(
                false, code, "The answer is not one of gRPC: the port may be that of REST (6333), or of another server. Qdrant's gRPC is at 6334 by default."),
            StatusCode.Unimplemented => new(false, code, "The server does not know this call: it is too old. Use Qdrant 1.16 or later."),
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => new(
                false, code, $"Set {nameof(QdrantHybridStoreOptions.ApiKey)} to a key that may do this."),
            StatusCode.NotFound => new(false, code, "It is not there, or was deleted meanwhile: open the store anew."),
            StatusCode.InvalidArgument when failure.Status.Detail.Contains("Index required", StringComparison.Ordinal) => new(
                false, code, $"The server filters only by fields with an index: name the field in {nameof(QdrantHybridStoreOptions.Indexes)}."),
            _ => new(false, code, string.Empty),
        };
    }

    /// <summary>Three things have this status: a server that is too busy, one that is full, and an answer that is too large here.</summary>
    private static QdrantFailure Exhausted(RpcException failure, string code)
    {
        string? wait = failure.Trailers.GetValue(RetryAfter);
        return failure.Trailers.Get(InsufficientStorage) is not null
            ? new(false, code, "The server's disk or memory is full: make room, or add nodes.")
            : wait is not null
                ? new(true, code, "The server is too busy: send less at a time.", Seconds(wait))
                : new(false, code, "Ask for less at a time.");
    }

    private static TimeSpan? Seconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.SecondsPerDay))
            : null;

    // What failed on this side of the wire has a cause; what the server said has none.
    private static bool IsCut(RpcException failure) => Causes(failure).Any(cause => cause is IOException or HttpRequestException or InvalidDataException);

    private static IEnumerable<Exception> Causes(RpcException failure)
    {
        for (Exception? cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
