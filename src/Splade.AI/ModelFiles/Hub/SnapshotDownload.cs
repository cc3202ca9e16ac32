using Microsoft.Extensions.Logging;
using Polly;
using Splade.AI.Telemetry;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>
/// Fills the cache with one revision of one model: each file as soon as it is complete, that of the model last, then the revision's name.
/// </summary>
/// <remarks>A snapshot without its ONNX file, weights or index of weights is never taken for a model, so no reader sees a half of one.</remarks>
internal sealed class SnapshotDownload
{
    /// <summary>The most files of a model. Real ones have some twenty, and with a file for each tensor some hundreds.</summary>
    private const int MaxFiles = 2000;

    private readonly CacheRepository _cache;
    private readonly HubSettings _settings;
    private readonly ILogger _logger;
    private readonly HubClient _client;
    private readonly ResiliencePipeline _retry;
    private readonly BlobDownload _blobs;
    private readonly HashSet<string> _checked = [];

    public SnapshotDownload(CacheRepository cache, HubSettings settings, ILogger logger)
    {
        _cache = cache;
        _settings = settings;
        _logger = logger;
        _client = new HubClient(settings);
        _retry = HubRetry.Create(settings, logger);
        _blobs = new BlobDownload(_client, _retry, settings.StallTimeout, logger);
    }

    /// <summary>Downloads what the cache lacks.</summary>
    /// <returns>The snapshot's folder.</returns>
    public async Task<string> RunAsync(string revision, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        HubListing listing = await _retry.ExecuteAsync(
            async token => await _client.ListAsync(_cache.Name, revision, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        var selection = ModelFileSelection.Select(listing.Paths, _settings.ModelFile);
        if (selection.Missing is not null)
        {
            throw HubErrors.Unusable(_cache, selection, _settings.ModelFile);
        }

        // Only the graph, or the index of weights, tells in which other files the numbers are: its content comes before these, its name after them.
        List<HubFile> files = await DescribeAsync(listing, selection.Files, cancellationToken).ConfigureAwait(false);
        HubFile model = files[^1];
        await FetchAsync(listing.Commit, files, last: model, progress, cancellationToken).ConfigureAwait(false);
        string[] named = [.. FindData(listing, model).Except(selection.Files)];
        List<HubFile> data = await DescribeAsync(listing, named, cancellationToken).ConfigureAwait(false);
        await FetchAsync(listing.Commit, data, last: null, progress, cancellationToken).ConfigureAwait(false);
        await FetchAsync(listing.Commit, model, place: true, progress, cancellationToken).ConfigureAwait(false);
        if (!selection.Files.Contains(CacheRepository.ModulesFile))
        {
            _cache.WriteAbsenceOfModules(listing.Commit);
        }

        _cache.WriteRef(revision, listing.Commit);
        string folder = _cache.SnapshotFolder(listing.Commit);
        Log.HubModelDownloaded(_logger, _cache.Name.ToString(), revision, folder, files.Concat(data).Sum(f => f.Size));
        return folder;
    }

    private IEnumerable<string> FindData(HubListing listing, HubFile model)
    {
        foreach (string path in _cache.FindData(model, listing.Commit))
        {
            yield return listing.Has(path) && RepositoryPath.IsSafe(path) ? path : throw HubErrors.NoData(_cache, model.Path, path);
        }
    }

    private async Task<List<HubFile>> DescribeAsync(HubListing listing, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        if (paths.Count > MaxFiles)
        {
            throw new InvalidDataException($"The repository has {paths.Count} files that would belong to the model, expected at most {MaxFiles}.");
        }

        var files = new List<HubFile>(paths.Count);
        foreach (string path in paths)
        {
            HubFile? file = listing.Find(path) ?? await _retry.ExecuteAsync(
                async token => await _client.DescribeAsync(_cache.Name, listing.Commit, path, token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            files.Add(file ?? throw new InvalidDataException($"The server tells no size and hash of '{path}', so a download could not be checked."));
        }

        return files;
    }

    private async Task FetchAsync(
        string commit, List<HubFile> files, HubFile? last, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        CheckSpace(commit, files);
        foreach (HubFile file in files)
        {
            await FetchAsync(commit, file, place: file != last, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FetchAsync(string commit, HubFile file, bool place, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        using IDisposable held = await CacheLock.AcquireAsync(_cache.LockFile(file.Hash), cancellationToken).ConfigureAwait(false);
        if (_cache.Has(file, commit))
        {
            return;
        }

        bool isThere = _checked.Contains(file.Hash)
            ? CacheRepository.SizeOf(_cache.BlobFile(file.Hash)) == file.Size
            : await _blobs.HasAsync(_cache, file, cancellationToken).ConfigureAwait(false);
        if (!isThere)
        {
            await _blobs.RunAsync(_cache, commit, file, progress, cancellationToken).ConfigureAwait(false);
        }

        _checked.Add(file.Hash);
        if (place)
        {
            _cache.Place(file, commit, _settings.CreateLink);
        }
    }

    // Said before hours of download, not after them.
    private void CheckSpace(string commit, List<HubFile> files)
    {
        decimal needed = files.Where(f => !_cache.Has(f, commit)).Sum(f => (decimal)(f.Size - _cache.BytesOf(f)));
        Directory.CreateDirectory(_cache.Folder);
        if (FreeSpace(_cache.Folder) is long free && needed > free)
        {
            throw new IOException($"{needed} bytes are needed and {free} are free");
        }
    }

    // Null where the platform cannot tell, as for a network share of Windows.
    private static long? FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
