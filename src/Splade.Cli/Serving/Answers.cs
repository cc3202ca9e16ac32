using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Splade.AI.Display;
using Splade.Cli.Terminal;

namespace Splade.Cli.Serving;

/// <summary>Reads requests, runs what answers them, and writes answers and errors as JSON.</summary>
internal static class Answers
{
    private const string ComputedTokens = "x-compute-tokens";

    /// <summary>Runs a request of Text Embeddings Inference.</summary>
    public static RequestDelegate Tei(Func<HttpContext, Task> run) => context => GuardAsync(context, run, WriteTei);

    /// <summary>Runs a request of OpenAI.</summary>
    public static RequestDelegate OpenAI(Func<HttpContext, Task> run) => context => GuardAsync(context, run, WriteOpenAI);

    /// <summary>The body of a request.</summary>
    /// <exception cref="ServingException">It is no JSON, or does not say that it is.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ServingException(StatusCodes.Status415UnsupportedMediaType, "Validation", "Expected a request with `Content-Type: application/json`.");
        }

        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            return body.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw ServingException.Invalid($"The request is no JSON: {e.Message}");
        }
    }

    /// <summary>Writes JSON as an answer.</summary>
    public static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, long? tokens = null)
    {
        context.Response.ContentType = "application/json";
        if (tokens is long count)
        {
            context.Response.Headers[ComputedTokens] = count.ToString(CultureInfo.InvariantCulture);
        }

        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            write(writer);
            await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task GuardAsync(HttpContext context, Func<HttpContext, Task> run, Action<Utf8JsonWriter, ServingException> writeError)
    {
        try
        {
            await run(context).ConfigureAwait(false);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone, and took the connection along.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            ServingException error = ServingException.From(e) ?? Unexpected(context, e);
            context.Response.StatusCode = error.Status;
            await WriteAsync(context, writer => writeError(writer, error)).ConfigureAwait(false);
        }
    }

    // What went wrong inside is for whoever runs the server, and not for its callers.
    private static ServingException Unexpected(HttpContext context, Exception error)
    {
        StandardError.WriteLine($"{context.Request.Method} {TerminalText.CleanLine(context.Request.Path.Value ?? "")} failed. {ErrorText.Of(error)}");
        return new ServingException(StatusCodes.Status500InternalServerError, "Backend", "The server failed; its output says why.", error);
    }

    private static void WriteTei(Utf8JsonWriter writer, ServingException error)
    {
        writer.WriteStartObject();
        writer.WriteString("error", error.Message);
        writer.WriteString("error_type", error.Type);
        writer.WriteEndObject();
    }

    private static void WriteOpenAI(Utf8JsonWriter writer, ServingException error)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", error.Message);
        writer.WriteString("type", error.Status == StatusCodes.Status429TooManyRequests ? "rate_limit_error"
            : error.Status >= StatusCodes.Status500InternalServerError ? "server_error" : "invalid_request_error");
        writer.WriteString("param", error.Member);
        writer.WriteString("code", error.Status == StatusCodes.Status404NotFound ? "model_not_found" : error.Type);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
