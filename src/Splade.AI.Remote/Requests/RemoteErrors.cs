using System.Net;
using System.Text.Json;

namespace Splade.AI.Remote.Requests;

/// <summary>Answers that are errors, in words: what the server says of them, and what to do.</summary>
internal static class RemoteErrors
{
    private const int MostBytesRead = 16_384;
    private const int MostCharactersQuoted = 500;

    /// <summary>Reads an answer that is an error.</summary>
    /// <param name="request">What was asked, in words.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Observed while it is read.</param>
    public static async Task<RemoteEncoderException> ReadAsync(string request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string body = await ReadStartAsync(response.Content, cancellationToken).ConfigureAwait(false);
        (string? text, string? type) = Parse(body);
        string said = string.IsNullOrWhiteSpace(text) ? "" : $": {Quote(text)}";
        string named = type is null ? "" : $" ({type})";
        return new RemoteEncoderException($"{request} was answered with {(int)response.StatusCode}{named}{said} {Remedy(response.StatusCode, text)}".TrimEnd())
        {
            StatusCode = response.StatusCode,
            ErrorType = type,
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    /// <summary>The same error, of a text.</summary>
    public static RemoteEncoderException At(int position, RemoteEncoderException error) =>
        new($"The text at position {position} was refused. {error.Message}", error)
        {
            StatusCode = error.StatusCode,
            ErrorType = error.ErrorType,
            Position = position,
        };

    private static string Remedy(HttpStatusCode status, string? text) => (int)status switch
    {
        401 or 403 => $"Set {nameof(RemoteEncoderOptions.ApiKey)} to the key that the server was started with.",
        404 => $"Set {nameof(RemoteEncoderOptions.Endpoint)} to the root of the server, with the prefix of its paths if it has one.",
        413 => $"Send less at once: lower {nameof(RemoteEncoderOptions.MaxRequestBytes)}, and cut long texts into passages.",
        422 when text?.Contains("tokens", StringComparison.Ordinal) == true =>
            "Shorten the text, or set LongTextHandling to Truncate, and the server reads its beginning only.",
        424 => "Its model is of another kind, or failed: see what the server was started with, and its log.",
        429 => $"It is too busy: lower {nameof(RemoteEncoderOptions.MaxConcurrentRequests)} or {nameof(RemoteEncoderOptions.MaxBatchSize)}, or add servers.",
        503 => "It is not ready, or not well: wait, and see its log.",
        >= 500 => "See the log of the server.",
        _ => "",
    };

    // Of Text Embeddings Inference, of OpenAI's kind, and of FastAPI.
    private static (string? Text, string? Type) Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (body, null);
            }

            if (!root.TryGetProperty("error", out JsonElement error))
            {
                return (root.TryGetProperty("detail", out JsonElement detail) ? Text(detail) : body, null);
            }

            return error.ValueKind == JsonValueKind.Object
                ? (Member(error, "message") ?? error.GetRawText(), Member(error, "type"))
                : (Text(error), Member(root, "error_type"));
        }
        catch (JsonException)
        {
            return (body, null); // A proxy's page, or the plain text of a limit.
        }
    }

    private static string? Member(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? Text(member) : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Quote(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return $"\"{(line.Length > MostCharactersQuoted ? line[..MostCharactersQuoted] + "..." : line)}\".";
    }

    private static async Task<string> ReadStartAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MostBytesRead];
        int count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, count);
    }
}
