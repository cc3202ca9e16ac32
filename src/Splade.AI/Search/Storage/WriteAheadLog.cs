using Microsoft.Win32.SafeHandles;

namespace Splade.AI.Search.Storage;

/// <summary>A file to which one process appends records, so that the next one finds those that were acknowledged (<see cref="LogContent"/>).</summary>
/// <remarks>
/// <para>
/// <see cref="Append"/>, <see cref="Named"/> and <see cref="With"/> are for one caller at a time. <see cref="Flush"/> is for any number: those who
/// wait while one brings the file to the disk find their records there afterwards, so that many small writes share one flush.
/// </para>
/// <para>No process appends to the log of another one: what that left may be in the system's memory only, also after a flush that failed.</para>
/// </remarks>
internal sealed class WriteAheadLog : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly Guid _id;
    private readonly uint _first;
    private readonly Lock _flushing = new();
    private long _written;
    private long _durable;
    private uint _checksum;
    private Exception? _failure;

    private WriteAheadLog(SafeFileHandle file, string path, Guid id, ReadOnlySpan<byte> content)
    {
        _file = file;
        _path = path;
        _id = id;
        _first = Checksum.Of(content[..LogHeader.Size]);
        _checksum = Checksum.Of(content[LogHeader.Size..], _first);
        _written = content.Length;
        _durable = content.Length;
    }

    /// <summary>How many bytes the log has.</summary>
    public long Length => Volatile.Read(ref _written);

    /// <summary>What a manifest says of the log as it is now.</summary>
    public NamedLog Named => new(Path.GetFileName(_path), _id, _written, _checksum, IsClosed: false);

    /// <summary>Makes a log in an empty file. It is on the disk when this returns, but for its name (<see cref="DurableFile.FlushNames"/>).</summary>
    /// <param name="file">The file, which belongs to the log from then on.</param>
    /// <param name="path">Its name.</param>
    /// <param name="header">Its first bytes.</param>
    /// <param name="from">The log whose records it begins with; null for none.</param>
    /// <exception cref="IOException">The disk is full, or the file cannot be written.</exception>
    public static WriteAheadLog Create(SafeFileHandle file, string path, LogHeader header, LogContent? from = null)
    {
        byte[] content = from?.CopyFor(header) ?? header.Write();
        RandomAccess.Write(file, content, 0);
        DurableFile.Flush(file, path);
        return new WriteAheadLog(file, path, header.Id, content);
    }

    /// <summary>The bytes of one more record, and what a manifest says of the log if they are behind the others, and nothing behind them.</summary>
    public (byte[] Record, NamedLog Log) With(ReadOnlySpan<byte> content)
    {
        byte[] record = LogRecord.Write(content, _written, _written, _first);
        return (record, Named with { Length = _written + record.Length, Checksum = Checksum.Of(record, _checksum), IsClosed = true });
    }

    /// <summary>Writes a record behind the others, for one caller at a time. It is safe once <see cref="Flush"/> has returned.</summary>
    /// <returns>What <see cref="Flush"/> is to be given.</returns>
    /// <exception cref="SearchStorageException">The disk is full, or the file cannot be written; nothing was appended.</exception>
    public long Append(ReadOnlySpan<byte> content)
    {
        ThrowIfFailed();
        byte[] record = LogRecord.Write(content, _written, Volatile.Read(ref _durable), _first);
        try
        {
            RandomAccess.Write(_file, record, _written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            throw new SearchStorageException($"The log cannot be written: {e.Message} Nothing of the write was kept. Make room on the disk.", _path, e);
        }

        _checksum = Checksum.Of(record, _checksum);
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
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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

    // Half of a record may be there.
    private void TakeBack()
    {
        try
        {
            RandomAccess.SetLength(_file, _written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _failure, e);
        }
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
