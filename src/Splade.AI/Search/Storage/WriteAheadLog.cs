using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <summary>A file to which records are appended, and that is read again after a crash, up to the last one that was acknowledged.</summary>
/// <remarks>
/// <para>
/// <see cref="Append"/> is for one caller at a time. <see cref="Flush"/> is for any number: those who wait while one brings the file to the disk
/// find their records there afterwards, so that many small writes share one flush.
/// </para>
/// <para>
/// A crash may tear what was not yet acknowledged, in any order: a file ends before the first bytes that are no record. It is damaged, and refused,
/// where a record further on says that these bytes had been brought to the disk before it was written.
/// </para>
/// </remarks>
internal sealed class WriteAheadLog : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly Lock _flushing = new();
    private long _written;
    private long _durable;
    private Exception? _failure;

    private WriteAheadLog(string path, SafeFileHandle file, long length)
    {
        _path = path;
        _file = file;
        _written = length;
        _durable = length;
    }

    private static ReadOnlySpan<byte> Magic => "SPLOG002"u8;

    /// <summary>The file.</summary>
    public string Path => _path;

    /// <summary>How many bytes the log has.</summary>
    public long Length => Volatile.Read(ref _written);

    /// <summary>Makes an empty log. It is on the disk when this returns, but for its name (<see cref="DurableFile.FlushNames"/>).</summary>
    public static WriteAheadLog Create(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            RandomAccess.Write(file, Magic, 0);
            DurableFile.Flush(file, path);
            return new WriteAheadLog(path, file, Magic.Length);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Whether a log was never written to.</summary>
    public static bool IsEmpty(string path) => new FileInfo(path).Length <= Magic.Length;

    /// <summary>Opens a log, reads its records in order, takes off what a crash left behind the last of them, and brings the rest to the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Is given each record.</param>
    /// <exception cref="SearchStorageException">The file is no log, or damaged.</exception>
    public static WriteAheadLog Open(string path, Action<ReadOnlySpan<byte>> read)
    {
        byte[] bytes = DurableFile.Read(path);
        int end = ReadRecords(path, bytes, read);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            if (end < bytes.Length)
            {
                RandomAccess.SetLength(file, end);
            }

            // A process that died may have left records that only the system's memory has.
            DurableFile.Flush(file, path);
            return new WriteAheadLog(path, file, end);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new SearchStorageException($"The log cannot be written: {e.Message}", path, e);
        }
    }

    /// <summary>Reads the first bytes of a log, to which others may be appending.</summary>
    /// <returns>How many bytes of records there are.</returns>
    /// <exception cref="SearchStorageException">The file is missing, no log, or damaged.</exception>
    public static long Check(string path, long length)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[length];
            int read = RandomAccess.Read(file, bytes, 0);
            int end = ReadRecords(path, bytes.AsSpan(0, read), static _ => { });
            return end == length ? end : throw new SearchStorageException($"The record at byte {end} is damaged. Restore the folder from a backup.", path);
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SearchStorageException)
        {
            throw new SearchStorageException($"The log cannot be read: {e.Message} Restore the folder from a backup.", path, e);
        }
    }

    /// <summary>Writes a record behind the others, for one caller at a time. It is safe once <see cref="Flush"/> has returned.</summary>
    /// <returns>What <see cref="Flush"/> is to be given.</returns>
    /// <exception cref="SearchStorageException">The disk is full, or the file cannot be written; nothing was appended.</exception>
    public long Append(ReadOnlySpan<byte> content)
    {
        ThrowIfFailed();
        byte[] record = LogRecord.Write(content, _written, Volatile.Read(ref _durable));
        try
        {
            RandomAccess.Write(_file, record, _written);
        }
        catch (IOException e)
        {
            // Half of it may be there.
            RandomAccess.SetLength(_file, _written);
            throw new SearchStorageException($"The log cannot be written: {e.Message} Nothing of the write was kept. Make room on the disk.", _path, e);
        }

        Volatile.Write(ref _written, _written + record.Length);
        return _written;
    }

    /// <summary>Waits until everything up to a record is on the disk.</summary>
    /// <param name="position">What <see cref="Append"/> returned.</param>
    /// <exception cref="SearchStorageException">
    /// The system could not bring the file to the disk. What is there is not known then, and the log takes no more.
    /// </exception>
    public void Flush(long position)
    {
        lock (_flushing)
        {
            if (_durable >= position)
            {
                return;
            }

            ThrowIfFailed();
            long written = Length;
            try
            {
                DurableFile.Flush(_file, _path);
            }
            catch (IOException e)
            {
                // A second flush may succeed though the first lost pages: nothing is promised from here on.
                Volatile.Write(ref _failure, e);
                ThrowIfFailed();
            }

            Volatile.Write(ref _durable, written);
        }
    }

    /// <summary>Closes the log because everything in it is safe elsewhere: who waits for <see cref="Flush"/> goes on.</summary>
    public void Retire()
    {
        lock (_flushing)
        {
            _durable = long.MaxValue;
        }

        _file.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private static int ReadRecords(string path, ReadOnlySpan<byte> bytes, Action<ReadOnlySpan<byte>> read)
    {
        if (!bytes.StartsWith(Magic))
        {
            throw new SearchStorageException("The file does not begin as a log does. Restore the folder from a backup.", path);
        }

        int position = Magic.Length;
        while (LogRecord.Find(bytes[position..], position) is int length)
        {
            read(bytes.Slice(position + LogRecord.HeaderSize, length - LogRecord.HeaderSize));
            position += length;
        }

        for (int behind = position + 1; behind < bytes.Length; behind++)
        {
            if (LogRecord.Find(bytes[behind..], behind) is not null && LogRecord.DurableBefore(bytes[behind..]) > position)
            {
                throw new SearchStorageException(
                    $"The record at byte {position} is damaged, and was on the disk before that at byte {behind} was written. Restore the folder from a backup.", path);
            }
        }

        return position;
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is Exception failure)
        {
            throw new SearchStorageException(
                $"The log could not be brought to the disk: {failure.Message} Close the index and open it again: what it has then is safe.", _path, failure);
        }
    }
}
