using System.Text.RegularExpressions;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>The options of a hub, completed by the environment variables that <c>huggingface_hub</c> reads.</summary>
internal sealed partial record HubSettings
{
    public required string CacheFolder { get; init; }

    /// <summary>Without a slash at its end.</summary>
    public required string Endpoint { get; init; }

    public required bool MayDownload { get; init; }

    /// <summary>Whether the network is forbidden though downloads are allowed.</summary>
    public required bool Offline { get; init; }

    public required string? ExplicitToken { get; init; }

    public required string? TokenFile { get; init; }

    public required string? ModelFile { get; init; }

    public required int MaxRetries { get; init; }

    public required TimeSpan StallTimeout { get; init; }

    /// <summary>The caller's client; null for the one that the process shares.</summary>
    public required HttpClient? HttpClient { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Creates a link at the first path that leads to the second one.</summary>
    public required Action<string, string> CreateLink { get; init; }

    public static HubSettings Create(SpladeModelHubOptions options)
    {
        string? Read(string name) => options.ReadVariable(name) is { Length: > 0 } value ? value : null;
        string? ReadPath(string name) => Read(name) is string path ? Expand(path, Read) : null;

        string home = ReadPath("HF_HOME") ?? Path.Combine(ReadPath("XDG_CACHE_HOME") ?? Expand("~/.cache", Read), "huggingface");
        string cache = options.CacheFolder ?? ReadPath("HF_HUB_CACHE") ?? ReadPath("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub");
        bool implicitToken = !IsTrue(Read("HF_HUB_DISABLE_IMPLICIT_TOKEN"));
        return new HubSettings
        {
            CacheFolder = Path.GetFullPath(cache),
            Endpoint = CheckEndpoint(options.Endpoint?.OriginalString ?? Read("HF_ENDPOINT") ?? "https://huggingface.co"),
            MayDownload = options.Download,
            Offline = options.Offline || IsTrue(Read("HF_HUB_OFFLINE")) || IsTrue(Read("TRANSFORMERS_OFFLINE")),
            ExplicitToken = options.Token ?? (implicitToken ? Read("HF_TOKEN") ?? Read("HUGGING_FACE_HUB_TOKEN") : null),
            TokenFile = implicitToken ? ReadPath("HF_TOKEN_PATH") ?? Path.Combine(home, "token") : null,
            ModelFile = options.ModelFile,
            MaxRetries = options.MaxRetries,
            StallTimeout = options.StallTimeout,
            HttpClient = options.HttpClient,
            TimeProvider = options.TimeProvider,
            CreateLink = options.CreateLink,
        };
    }

    public static bool IsWebAddress(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>The token to send, or null. Its file is read late: a process that finds its models in the cache has no use for it.</summary>
    public string? ReadToken()
    {
        string? token = ExplicitToken ?? (File.Exists(TokenFile) ? File.ReadAllText(TokenFile) : null);
        return string.IsNullOrWhiteSpace(token) ? null : token.Trim();
    }

    private static string CheckEndpoint(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && IsWebAddress(address)
            ? endpoint.TrimEnd('/')
            : throw new ArgumentException($"HF_ENDPOINT is '{endpoint}'. Expected an absolute http or https address; correct or unset it.");

    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    // As Python's expanduser and expandvars do: an unknown variable stays as it is.
    private static string Expand(string path, Func<string, string?> read)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
        {
            path = (read("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) + path[1..];
        }

        return Variable().Replace(path, match => read(match.Groups["name"].Value) ?? match.Value);
    }

    [GeneratedRegex(@"\$(\{(?<name>\w+)\}|(?<name>\w+))")]
    private static partial Regex Variable();
}
