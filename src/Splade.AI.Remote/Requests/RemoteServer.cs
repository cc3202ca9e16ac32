using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;

namespace Splade.AI.Remote.Requests;

/// <summary>A server as requests see it: its address, its key, and one request at a time.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="createClient">Gives the client of a request: a factory's new one, so that addresses are looked up again, or a caller's own.</param>
/// <param name="options">Where the server is and how it is asked.</param>
/// <param name="repeats">Whether the client repeats requests that fail on their way.</param>
internal sealed class RemoteServer(Func<HttpClient> createClient, RemoteEncoderOptions options, bool repeats)
{
    private const string ComputedTokens = "x-compute-tokens";

    private readonly TimeSpan _patience = options.RequestTimeout * (repeats ? 2 : 1);
    private readonly Uri _root = WithSlash(options.RequireEndpoint());

    /// <summary>The address, without a user's name in it.</summary>
    public Uri Root { get; } = new(WithSlash(options.RequireEndpoint()).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    /// <summary>Asks for something.</summary>
    /// <exception cref="RemoteEncoderException">There is no answer, or one that is an error or cannot be read.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_root, path));
        return (await SendAsync(request, path, type, cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>Sends a body of JSON.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<RemoteAnswer<T>> PostAsync<T>(string path, byte[] body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_root, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(request, path, type, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An answer that is no error, but not what was asked for.</summary>
    /// <param name="path">What was asked.</param>
    /// <param name="problem">What was found and what was expected.</param>
    /// <param name="cause">The error that led to this one, if any.</param>
    public RemoteEncoderException Unreadable(string path, string problem, Exception? cause = null) => new(
        $"{new Uri(Root, path)} gave an answer that cannot be used: {problem} Ask a server of the kind that {nameof(RemoteEncoderOptions.Endpoint)} is meant to be.",
        cause);

    private async Task<RemoteAnswer<T>> SendAsync<T>(HttpRequestMessage request, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (options.ApiKey is string key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        string asked = $"{request.Method} {new Uri(Root, path)}";
        using var limit = new CancellationTokenSource(_patience, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using HttpResponseMessage response = await createClient()
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await RemoteErrors.ReadAsync(asked, response, either.Token).ConfigureAwait(false);
            }

            using Stream stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            T value = await JsonSerializer.DeserializeAsync(stream, type, either.Token).ConfigureAwait(false)
                ?? throw Unreadable(path, "found null.");
            return new RemoteAnswer<T>(value, TokensOf(response));
        }
        catch (JsonException e)
        {
            throw Unreadable(path, e.Message, e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ExecutionRejectedException)
        {
            throw new RemoteEncoderException(
                $"{asked} had no answer: {e.Message} See whether a server runs there and can be reached; if it is slow, raise "
                + $"{nameof(RemoteEncoderOptions.RequestTimeout)} ({options.RequestTimeout.TotalSeconds:0.###} s) or lower {nameof(RemoteEncoderOptions.MaxBatchSize)}.",
                e);
        }
    }

    private static long? TokensOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(ComputedTokens, out IEnumerable<string>? values) && long.TryParse(values.First(), out long tokens) ? tokens : null;

    private static Uri WithSlash(Uri address) => address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
}

/// <summary>What a server has answered.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Tokens">How many tokens it has read for it; null if it does not say.</param>
internal readonly record struct RemoteAnswer<T>(T Value, long? Tokens);
