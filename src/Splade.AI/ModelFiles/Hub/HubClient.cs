using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>The requests that are made to the hub. Each is made once; <see cref="HubRetry"/> repeats them.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class HubClient
{
    private const int MaxRedirects = 10;

    private static readonly Lazy<HttpClient> Shared = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan });

    private readonly HttpClient _http;
    private readonly HubSettings _settings;
    private readonly Uri _endpoint;
    private readonly string? _token;

    public HubClient(HubSettings settings)
    {
        _http = settings.HttpClient ?? Shared.Value;
        _settings = settings;
        _endpoint = new Uri(settings.Endpoint);
        _token = settings.ReadToken();
    }

    /// <summary>Lists the files of a revision.</summary>
    public async Task<HubListing> ListAsync(ModelName name, string revision, CancellationToken cancellationToken)
    {
        var address = new Uri($"{_settings.Endpoint}/api/models/{name}/revision/{Uri.EscapeDataString(revision)}?blobs=true");
        using var watch = new StallWatch(_settings.StallTimeout, cancellationToken);
        return await watch.RunAsync(async stalled =>
        {
            using HttpResponseMessage response = await SendAsync(HttpMethod.Get, address, rest: null, stalled).ConfigureAwait(false);
            Stream body = await response.Content.ReadAsStreamAsync(stalled).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                return await HubListing.ReadAsync(body, stalled).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Asks for size and hash of one file; null if the server does not tell both.</summary>
    public async Task<HubFile?> DescribeAsync(ModelName name, string commit, string path, CancellationToken cancellationToken)
    {
        using var watch = new StallWatch(_settings.StallTimeout, cancellationToken);
        return await watch.RunAsync(async stalled =>
        {
            Uri address = FileAddress(name, commit, path);
            using HttpResponseMessage response = await SendAsync(HttpMethod.Head, address, rest: null, stalled).ConfigureAwait(false);
            string? hash = (response.Find("X-Linked-Etag") ?? response.Find("ETag"))?.Replace("W/", "", StringComparison.Ordinal).Trim('"');
            long? size = long.TryParse(response.Find("X-Linked-Size"), NumberStyles.None, CultureInfo.InvariantCulture, out long linked) ? linked
                : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength
                : null;
            return BlobHash.IsHash(hash) && size is long known ? new HubFile(path, known, hash) : null;
        }).ConfigureAwait(false);
    }

    /// <summary>Opens a file's content, from <paramref name="from"/> on if the server can do that. The caller disposes the response.</summary>
    public Task<HttpResponseMessage> OpenAsync(ModelName name, string commit, HubFile file, long from, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, FileAddress(name, commit, file.Path), from > 0 ? (from, file.Hash) : null, cancellationToken);

    private Uri FileAddress(ModelName name, string commit, string path) =>
        new($"{_settings.Endpoint}/{name}/resolve/{commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, (long From, string Hash)? rest, CancellationToken cancellationToken)
    {
        for (int hop = 0; hop <= MaxRedirects; hop++)
        {
            HttpResponseMessage response = await SendOnceAsync(method, address, rest, cancellationToken).ConfigureAwait(false);
            bool redirected = response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest;
            if (response.IsSuccessStatusCode || (redirected && method == HttpMethod.Head && response.Headers.Contains("X-Linked-Etag")))
            {
                return response;
            }

            using (response)
            {
                address = redirected && response.Headers.Location is Uri location
                    ? CheckRedirect(address, location)
                    : throw new HubResponseException(response, address, IsEndpoint(address), _settings.TimeProvider.GetUtcNow());
            }
        }

        throw new HttpRequestException(HttpRequestError.InvalidResponse, $"{_settings.Endpoint} redirected more than {MaxRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, (long From, string Hash)? rest, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Splade.AI", typeof(HubClient).Assembly.GetName().Version?.ToString(2)));
        bool isEndpoint = IsEndpoint(address);
        if (_token is not null && isEndpoint)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }

        if (rest is { } wanted)
        {
            request.Headers.Range = new RangeHeaderValue(wanted.From, to: null);

            // A storage host has entity tags of its own and would send the whole file; there the hash of the whole decides alone.
            request.Headers.IfRange = isEndpoint ? new RangeConditionHeaderValue($"\"{wanted.Hash}\"") : null;
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private bool IsEndpoint(Uri address) =>
        Uri.Compare(address, _endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static Uri CheckRedirect(Uri from, Uri location)
    {
        if (!Uri.TryCreate(from, location, out Uri? to))
        {
            throw new InvalidDataException($"{from.Host} redirects to '{location.OriginalString}', which is no address.");
        }

        return HubSettings.IsWebAddress(to) && (to.Scheme == Uri.UriSchemeHttps || from.Scheme == Uri.UriSchemeHttp)
            ? to
            : throw new HttpRequestException(
                HttpRequestError.SecureConnectionError, $"{from.Host} redirects to '{to.GetLeftPart(UriPartial.Path)}', which is not secure.");
    }
}
