using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Polly;
using Splade.AI.Files;
using Splade.AI.Telemetry;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>Downloads the content of one file into the cache, and goes on where an earlier attempt was cut off.</summary>
/// <remarks>The caller holds the blob's lock.</remarks>
internal sealed class BlobDownload
{
    private const int BlockSize = 1 << 17;

    private readonly HubClient _client;
    private readonly ResiliencePipeline _retry;
    private readonly TimeSpan _stallTimeout;
    private readonly ILogger _logger;

    public BlobDownload(HubClient client, ResiliencePipeline retry, TimeSpan stallTimeout, ILogger logger)
    {
        _client = client;
        _retry = retry;
        _stallTimeout = stallTimeout;
        _logger = logger;
    }

    /// <summary>Whether the cache has the content already. Others may have put it there: it is read once, and what is not what its name says goes.</summary>
    public async Task<bool> HasAsync(CacheRepository cache, HubFile file, CancellationToken cancellationToken)
    {
        string blob = cache.BlobFile(file.Hash);
        if (CacheRepository.SizeOf(blob) != file.Size)
        {
            return false;
        }

        try
        {
            await CheckHashAsync(file, blob, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (InvalidDataException e)
        {
            Log.HubFileCorrupt(_logger, cache.Name.ToString(), e.Message);
            return false;
        }
    }

    /// <summary>Leaves the complete and checked content as a blob; until then only its incomplete file grows.</summary>
    /// <exception cref="InvalidDataException">The content is not what the hub announced, also on the second try.</exception>
    public async Task RunAsync(
        CacheRepository cache, string commit, HubFile file, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        string partial = cache.IncompleteFile(file.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);

        // What an earlier process left may be damaged, so wrong content has one more try, from the first byte.
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await _retry.ExecuteAsync(
                    async token => await FetchAsync(cache.Name, commit, file, partial, progress, token).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false);
                await CheckHashAsync(file, partial, cancellationToken).ConfigureAwait(false);
                File.Move(partial, cache.BlobFile(file.Hash), overwrite: true);
                return;
            }
            catch (Exception e) when (e is InvalidDataException or HubResponseException { IsRangeRefused: true })
            {
                File.Delete(partial);
                if (attempt > 0)
                {
                    throw;
                }

                Log.HubFileCorrupt(_logger, cache.Name.ToString(), e.Message);
            }
        }
    }

    private async Task FetchAsync(
        ModelName name, string commit, HubFile file, string partial, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        FileStream stream = OpenPartial(partial);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length > file.Size)
            {
                stream.SetLength(0);
            }

            progress?.Report(new HubProgress(file.Path, stream.Length, file.Size));
            if (stream.Length < file.Size)
            {
                using var watch = new StallWatch(_stallTimeout, cancellationToken);
                using HttpResponseMessage response = await watch.RunAsync(
                    token => _client.OpenAsync(name, commit, file, stream.Length, token)).ConfigureAwait(false);
                stream.SetLength(StartOf(response, stream.Length, file.Size));
                stream.Position = stream.Length;
                await CopyAsync(response, stream, file, progress, watch, cancellationToken).ConfigureAwait(false);
            }

            stream.Flush(flushToDisk: true);
        }
    }

    // In a cache that others may write to, a link would lead this process to write over a file of its user's. A new file follows none.
    private static FileStream OpenPartial(string path)
    {
        bool isOwn = new FileInfo(path).LinkTarget is null && FileStatus.Of(path) is { Kind: FileKind.Regular, Links: 1 };
        if (!isOwn)
        {
            File.Delete(path);
        }

        return new FileStream(
            path, isOwn ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
    }

    // A server may answer a request for the rest with the whole, or with the rest of another file.
    private static long StartOf(HttpResponseMessage response, long have, long size)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return 0;
        }

        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        return range?.From == have && (range.Length ?? size) == size
            ? have
            : throw new InvalidDataException($"The server sent '{range}' where the bytes from {have} of {size} were asked for.");
    }

    private static async Task CopyAsync(
        HttpResponseMessage response,
        FileStream stream,
        HubFile file,
        IProgress<HubProgress>? progress,
        StallWatch watch,
        CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            byte[] block = new byte[BlockSize];
            int read;
            while ((read = await watch.RunAsync(token => body.ReadAsync(block, token).AsTask()).ConfigureAwait(false)) > 0)
            {
                if (stream.Length + read > file.Size)
                {
                    throw new InvalidDataException($"'{file.Path}' is longer than the {file.Size} bytes that the hub announced.");
                }

                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress?.Report(new HubProgress(file.Path, stream.Length, file.Size));
            }
        }

        if (stream.Length < file.Size)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, $"The connection ended after {stream.Length} of {file.Size} bytes.");
        }
    }

    private static async Task CheckHashAsync(HubFile file, string path, CancellationToken cancellationToken)
    {
        string found = await BlobHash.ComputeAsync(path, file.Hash, cancellationToken).ConfigureAwait(false);
        if (found != file.Hash)
        {
            throw new InvalidDataException($"'{file.Path}' is corrupt: its hash is {found}, and the hub announced {file.Hash}.");
        }
    }
}
