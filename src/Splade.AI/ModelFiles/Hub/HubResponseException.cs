using System.Net;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>An answer of the hub that is no success.</summary>
internal sealed class HubResponseException : HttpRequestException
{
    public HubResponseException(HttpResponseMessage response, Uri address, bool fromEndpoint, DateTimeOffset now)
        : base(
            $"{address.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} {response.ReasonPhrase}.",
            inner: null,
            response.StatusCode)
    {
        FromEndpoint = fromEndpoint;
        ErrorCode = response.Find("X-Error-Code");
        ErrorMessage = response.Find("X-Error-Message");
        RetryAfter = response.Headers.RetryAfter is not { } after ? null : after.Delta ?? (after.Date - now);
    }

    /// <summary>Whether the hub answered itself, and not a host that it redirected to.</summary>
    public bool FromEndpoint { get; }

    /// <summary>The hub's own word for the error, such as <c>GatedRepo</c>.</summary>
    public string? ErrorCode { get; }

    public string? ErrorMessage { get; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the server has no bytes from where they were asked for.</summary>
    public bool IsRangeRefused => StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <summary>
    /// Whether the same request may succeed later. A storage host answers 403 when a signed address has run out; the next try gets a new one.
    /// </summary>
    public bool IsTransient =>
        StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || (StatusCode == HttpStatusCode.Forbidden && !FromEndpoint);
}
