using Microsoft.Extensions.Logging;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>Provides the options of where <see cref="SpladeModelHub"/> looks for models, and what it may do to get them.</summary>
/// <remarks>Read once when the hub is created; later changes have no effect.</remarks>
public sealed class SpladeModelHubOptions
{
    /// <summary>Gets or sets a value indicating whether a model that the cache lacks may be downloaded.</summary>
    /// <remarks>
    /// What the cache has is used without asking the hub for news of it. Of a model that another library cached without its <c>modules.json</c>, the
    /// hub is asked once whether there is such a file.
    /// </remarks>
    /// <value>The default is <see langword="false"/>: the model is in the cache, or it is refused.</value>
    public bool Download { get; set; }

    /// <summary>Gets or sets a value indicating whether the network is forbidden, whatever <see cref="Download"/> says.</summary>
    /// <value>The default is false. <c>HF_HUB_OFFLINE</c> and <c>TRANSFORMERS_OFFLINE</c>, set to 1, forbid it too.</value>
    public bool Offline { get; set; }

    /// <summary>Gets or sets the folder of the cache, in the layout of <c>huggingface_hub</c>.</summary>
    /// <value>
    /// The default is null: <c>HF_HUB_CACHE</c>, else <c>HF_HOME/hub</c>, else <c>huggingface/hub</c> in <c>XDG_CACHE_HOME</c>
    /// or <c>~/.cache</c>.
    /// </value>
    public string? CacheFolder { get; set; }

    /// <summary>Gets or sets the hub's address.</summary>
    /// <value>The default is null: <c>HF_ENDPOINT</c>, else https://huggingface.co.</value>
    /// <exception cref="ArgumentException">The address is not an absolute one over http or https.</exception>
    public Uri? Endpoint
    {
        get;
        set => field = value is null || HubSettings.IsWebAddress(value)
            ? value
            : throw new ArgumentException($"The endpoint is '{value}'. Expected an absolute http or https address.", nameof(value));
    }

    /// <summary>Gets or sets the access token. It is sent to the endpoint only, and to no host that the endpoint redirects to.</summary>
    /// <value>
    /// The default is null: <c>HF_TOKEN</c>, else the file that <c>HF_TOKEN_PATH</c> names, else the file <c>token</c> in <c>HF_HOME</c>;
    /// none of them if <c>HF_HUB_DISABLE_IMPLICIT_TOKEN</c> is 1.
    /// </value>
    public string? Token { get; set; }

    /// <summary>
    /// Gets or sets the file to load, by its path in the repository or in the folder of its transformer: an ONNX file such as <c>onnx/model_O3.onnx</c>, or
    /// weights, <c>model.safetensors</c> or <c>pytorch_model.bin</c>, or the index of several.
    /// </summary>
    /// <value>
    /// The default is null: <c>onnx/model.onnx</c>, else <c>model.onnx</c>, else the weights, those of safetensors first. A model that is loaded by its
    /// name and has a <c>ModelFile</c> in its own options takes that.
    /// </value>
    /// <exception cref="ArgumentException">The path is blank, names neither an ONNX file nor weights, or leaves the repository.</exception>
    public string? ModelFile
    {
        get;
        set => field = value is null || (RepositoryPath.IsSafe(value) && IsModelFile(value))
            ? value
            : throw new ArgumentException(
                $"The model's file is '{value}'. Expected a path inside the repository, such as onnx/model_O3.onnx or model.safetensors.", nameof(value));
    }

    /// <summary>Gets or sets how often a request is tried again after a failure that may pass: 408, 429, 5xx, a cut or silent connection.</summary>
    /// <value>The default is 5, after waits of about 1, 2, 4, 8 and 16 seconds, or as long as the server asks for.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRetries
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 5;

    /// <summary>Gets or sets how long a connection may be silent before it counts as cut.</summary>
    /// <value>The default is 30 seconds. There is no limit on the length of a whole download.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan StallTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the client for all requests, for example one with a proxy. It stays the caller's.</summary>
    /// <value>The default is null: a client that the process shares, created at the first request.</value>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Gets or sets the clock of the waits between retries.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    /// <summary>Gets or sets where downloads, retries and ambiguous names are reported.</summary>
    /// <value>The default is no logging. Tokens are never logged.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>How environment variables are read; tests put their own here, because those of a process are shared.</summary>
    internal Func<string, string?> ReadVariable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>How links are made; tests put a platform without them here.</summary>
    internal Action<string, string> CreateLink { get; set; } = (path, target) => File.CreateSymbolicLink(path, target);

    /// <summary>Whether a path is one of a file that can be loaded, by its name.</summary>
    internal static bool IsModelFile(string path) =>
        path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || ModelFileSelection.FormOf(path) is not null;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public SpladeModelHubOptions Clone() => (SpladeModelHubOptions)MemberwiseClone();
}
