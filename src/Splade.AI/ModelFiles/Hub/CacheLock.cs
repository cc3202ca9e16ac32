namespace Splade.AI.ModelFiles.Hub;

/// <summary>Holds one blob of the cache for one writer, in this process or another. The lock ends with its holder, even a killed one.</summary>
/// <remarks>
/// The file stays: deleting it would let two writers hold locks on two files of one name. <c>huggingface_hub</c> locks the same files.
/// </remarks>
internal static class CacheLock
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // What the platforms call a file that is held: EAGAIN of Linux and of macOS; sharing and lock violation of Windows.
    private static readonly int[] HeldErrors = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>Waits until nobody holds the file. The caller disposes the result.</summary>
    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (HeldErrors.Contains(e.HResult))
            {
                await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
