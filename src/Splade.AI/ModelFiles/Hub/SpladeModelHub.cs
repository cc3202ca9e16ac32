using Microsoft.Extensions.Logging;
using Splade.AI.Telemetry;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>
/// Finds models by the names that they have on the Hugging Face hub, in the cache that the Python libraries use, and downloads them if it may.
/// </summary>
/// <remarks>
/// <para>
/// All members are safe for concurrent use, by several processes too: the same file is never downloaded twice at once. With the default
/// options nothing touches the network.
/// </para>
/// <para>A download that is cut off, cancelled or killed goes on where it stopped when the same model is asked for again.</para>
/// <para>
/// What is downloaded is compared with the hash that the hub tells, and so is, once, a content that the cache had already and a model gets now.
/// Files that a model in the cache has already are known by their size: who may write to the cache is trusted with them.
/// </para>
/// <para>
/// Of a repository that has an ONNX file that is taken; of any other the weights, once and in one form, safetensors before files of torch. What lies in
/// further files, as the graph or the index of shards names them, comes with them.
/// </para>
/// </remarks>
public sealed class SpladeModelHub
{
    private readonly HubSettings _settings;
    private readonly ILogger _logger;

    /// <summary>Creates a hub. The environment variables are read now.</summary>
    /// <param name="options">Null for the defaults: the cache of this user, and no downloads.</param>
    /// <exception cref="ArgumentException"><c>HF_ENDPOINT</c> is not an absolute http or https address.</exception>
    public SpladeModelHub(SpladeModelHubOptions? options = null)
    {
        _settings = HubSettings.Create(options ?? new SpladeModelHubOptions());
        _logger = Log.For<SpladeModelHub>(options?.LoggerFactory);
    }

    /// <summary>Gets the full path of the cache.</summary>
    public string CacheFolder => _settings.CacheFolder;

    /// <summary>The folder of a model. An existing folder is returned as it is, so one argument takes both folders and names.</summary>
    /// <param name="nameOrFolder">
    /// A folder, or <c>owner/name</c>. Where both are there the folder is taken, and a model of that name in the cache is reported in the log;
    /// <c>./owner/name</c> is always a folder.
    /// </param>
    /// <param name="revision">A branch, a tag or a commit; null for <c>main</c>. Only for names.</param>
    /// <param name="progress">Told of each file that is downloaded.</param>
    /// <param name="cancellationToken">Ends a download. What has arrived is kept for the next one.</param>
    /// <returns>The full path of a folder with all files that are needed to load the model, with an ONNX file or weights among them.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="nameOrFolder"/> is null or blank, or <paramref name="revision"/> is given for a folder or is no possible revision.
    /// </exception>
    /// <exception cref="SpladeModelException">
    /// It is neither a folder nor a name; the cache does not have it and a download is not allowed or fails; or it has neither an ONNX file
    /// nor weights that are read, or not all the files that those name.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<string> ResolveAsync(
        string nameOrFolder, string? revision = null, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FindAsync(nameOrFolder, _settings, revision, progress, cancellationToken);

    /// <summary>The models in the cache that can be loaded by name, ordered by name. Downloads that are not complete are left out.</summary>
    /// <exception cref="IOException">The cache cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache cannot be read.</exception>
    public IReadOnlyList<CachedModel> ListCached() =>
        Directory.Exists(CacheFolder)
            ? [.. Directory.EnumerateDirectories(CacheFolder).SelectMany(ListRepository).OrderBy(m => m.Name, StringComparer.Ordinal)]
            : [];

    /// <summary>The folder of a model that is loaded from a file, and the path of that in the folder of its transformer.</summary>
    /// <param name="nameOrFolder">A folder, or <c>owner/name</c>.</param>
    /// <param name="modelFile">The file; null for the one that this hub's options ask for, where a name is given, or for none.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    internal async Task<(string Folder, string? ModelFile)> ResolveFileAsync(string nameOrFolder, string? modelFile, CancellationToken cancellationToken)
    {
        if (modelFile is null && _settings.ModelFile is string own && !Directory.Exists(nameOrFolder))
        {
            modelFile = ModelFileSelection.InTransformer(own);
        }

        HubSettings settings = _settings with { ModelFile = modelFile ?? _settings.ModelFile };
        string folder = await FindAsync(nameOrFolder, settings, revision: null, progress: null, cancellationToken).ConfigureAwait(false);
        return (folder, modelFile);
    }

    private async Task<string> FindAsync(
        string nameOrFolder, HubSettings settings, string? revision, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nameOrFolder);
        if (revision is not null && !RepositoryPath.IsSafe(revision))
        {
            throw new ArgumentException($"The revision is '{revision}'. Expected a branch, a tag or a commit.", nameof(revision));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Directory.Exists(nameOrFolder))
        {
            return TakeFolder(nameOrFolder, revision);
        }

        if (!ModelName.TryParse(nameOrFolder, out ModelName? name))
        {
            throw HubErrors.NotAModel(nameOrFolder);
        }

        var cache = new CacheRepository(CacheFolder, name);
        return await ResolveNameAsync(cache, settings, revision ?? Revision.Default, progress, cancellationToken).ConfigureAwait(false);
    }

    private string TakeFolder(string folder, string? revision)
    {
        if (revision is not null)
        {
            throw new ArgumentException($"'{folder}' is a folder. A revision is for a model's name only.", nameof(revision));
        }

        string path = Path.GetFullPath(folder);
        if (ModelName.TryParse(folder, out ModelName? name) && Directory.Exists(new CacheRepository(CacheFolder, name).Folder))
        {
            Log.HubNameIsFolder(_logger, folder, path);
        }

        return path;
    }

    private async Task<string> ResolveNameAsync(
        CacheRepository cache, HubSettings settings, string revision, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            bool mayDownload = settings.MayDownload && !settings.Offline;
            string? commit = cache.FindSnapshot(revision);
            string? missing = commit is null ? null : cache.FindMissing(commit, settings.ModelFile);
            if (commit is not null && missing is null && (!mayDownload || cache.KnowsModules(commit)))
            {
                return cache.SnapshotFolder(commit);
            }

            return mayDownload
                ? await new SnapshotDownload(cache, settings, _logger).RunAsync(revision, progress, cancellationToken).ConfigureAwait(false)
                : throw HubErrors.NotCached(cache, revision, missing, settings);
        }
        catch (Exception e) when (HubErrors.IsExpected(e))
        {
            throw HubErrors.Explain(e, cache, revision, settings.Endpoint);
        }
    }

    private IEnumerable<CachedModel> ListRepository(string folder)
    {
        if (!ModelName.TryParseFolder(Path.GetFileName(folder), out ModelName? name))
        {
            return [];
        }

        var cache = new CacheRepository(CacheFolder, name);
        return cache.Commits()
            .Where(commit => cache.FindMissing(commit, _settings.ModelFile) is null)
            .Select(commit => new CachedModel(name.ToString(), commit, cache.RevisionsOf(commit), cache.SnapshotFolder(commit)));
    }
}
