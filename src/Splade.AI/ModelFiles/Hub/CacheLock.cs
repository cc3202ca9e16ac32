using Splade.AI.Files;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>Holds one blob of the cache for one writer, in this process or another. The lock ends with its holder, even a killed one.</summary>
/// <remarks>
/// The file stays: deleting it would let two writers hold locks on two files of one name. <c>huggingface_hub</c> locks the same files.
/// </remarks>
internal static class CacheLock
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until nobody holds the file. The caller disposes the result.</summary>
    /// <exception cref="IOException">The file cannot be opened, or its file system gives no locks.</exception>
    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            if (FileLock.TryTake(path) is FileLock held)
            {
                return held;
            }

            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }
}
