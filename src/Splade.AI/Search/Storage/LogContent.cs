namespace Splade.AI.Search.Storage;

/// <summary>The records of a log that has been compared with what its manifest says of it.</summary>
/// <remarks>
/// A crash may tear what was not yet acknowledged, in any order: a log that nobody closed ends before the first bytes that are no record. It is
/// damaged, and refused, where these bytes are among those that the manifest knows, or a record further on says that they had been brought to the
/// disk before it was written.
/// </remarks>
internal sealed class LogContent
{
    private readonly byte[] _bytes;
    private readonly List<Range> _records;

    private LogContent(byte[] bytes, List<Range> records, long? closedBy, NamedLog whole)
    {
        _bytes = bytes;
        _records = records;
        ClosedBy = closedBy;
        Whole = whole;
    }

    /// <summary>The number of the manifest that says that the log is closed; null if nobody closed it.</summary>
    public long? ClosedBy { get; }

    /// <summary>What was read, and nothing else.</summary>
    public NamedLog Whole { get; }

    /// <summary>Reads a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="named">What the manifest says of it.</param>
    /// <param name="options">What the folder holds.</param>
    /// <param name="most">How many bytes are read; others may be appending more.</param>
    /// <exception cref="SearchStorageException">The file is missing, damaged, or another log.</exception>
    public static LogContent Read(string path, NamedLog named, FolderOptions options, long most = long.MaxValue)
    {
        RequireSame(LogHeader.Read(ReadBytes(path, LogHeader.Size), path), named, options, path);
        byte[] bytes = ReadBytes(path, named.IsClosed ? Math.Min(most, named.Length + 1) : most);
        if (bytes.Length < named.Length || (named.IsClosed && bytes.Length > named.Length))
        {
            throw new SearchStorageException(
                $"Found {IndexFile.LengthOf(path)} bytes, expected {(named.IsClosed ? "" : "at least ")}{named.Length}: the log is not whole. "
                + "Restore the folder from a backup.",
                path);
        }

        uint log = Checksum.Of(bytes.AsSpan(0, LogHeader.Size));
        (List<Range> records, int end, long? closedBy) = FindRecords(bytes, log);
        uint known = end < named.Length ? 0 : Checksum.Of(bytes.AsSpan(0, (int)named.Length));
        if (end < named.Length || known != named.Checksum)
        {
            throw new SearchStorageException(
                end < named.Length ? $"The record at byte {end} is damaged. Restore the folder from a backup."
                    : $"The first {named.Length} bytes are not those that were written. Restore the folder from a backup.",
                path);
        }

        RequireTorn(bytes, end, log, path);
        uint whole = Checksum.Of(bytes.AsSpan((int)named.Length..end), known);
        return new LogContent(bytes, records, closedBy, named with { Length = end, Checksum = whole, IsClosed = true });
    }

    /// <summary>Gives the records, in order.</summary>
    public void Replay(Action<ReadOnlySpan<byte>> record)
    {
        foreach (Range content in _records)
        {
            record(_bytes.AsSpan(content));
        }
    }

    /// <summary>The bytes of another log with the same records.</summary>
    public byte[] CopyFor(LogHeader header)
    {
        using var copy = new MemoryStream(_bytes.Length);
        byte[] first = header.Write();
        copy.Write(first);
        uint log = Checksum.Of(first);
        Replay(content => copy.Write(LogRecord.Write(content, copy.Length, LogHeader.Size, log)));
        return copy.ToArray();
    }

    private static byte[] ReadBytes(string path, long most)
    {
        try
        {
            return IndexFile.Read(path, most);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SearchStorageException("The log is missing, and with it the last writes. Restore the folder from a backup.", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The log cannot be read: {e.Message} Restore the folder from a backup.", path, e);
        }
    }

    private static void RequireSame(LogHeader found, NamedLog named, FolderOptions options, string path)
    {
        if (found.Id != named.Id || found.Kind != options.Kind || found.Keys != options.Keys)
        {
            throw new SearchStorageException(
                $"Found the log {found.Id:N} of kind '{found.Kind}' with keys of type {found.Keys}, expected {named.Id:N} of '{options.Kind}' with {options.Keys}: "
                + "it is of another folder or of another time. Restore the folder from a backup.",
                path);
        }
    }

    private static (List<Range> Records, int End, long? ClosedBy) FindRecords(ReadOnlySpan<byte> bytes, uint log)
    {
        var records = new List<Range>();
        int position = LogHeader.Size;
        while (LogRecord.Find(bytes[position..], position, log) is int length)
        {
            Range content = (position + LogRecord.HeaderSize)..(position + length);
            position += length;
            if (LogEnd.Read(bytes[content]) is long commit)
            {
                return (records, position, commit);
            }

            records.Add(content);
        }

        return (records, position, null);
    }

    private static void RequireTorn(ReadOnlySpan<byte> bytes, int end, uint log, string path)
    {
        for (int behind = end; behind < bytes.Length; behind++)
        {
            if (LogRecord.Find(bytes[behind..], behind, log) is not null && LogRecord.DurableBefore(bytes[behind..]) > end)
            {
                throw new SearchStorageException(
                    $"The record at byte {end} is damaged, and was on the disk before that at byte {behind} was written. Restore the folder from a backup.", path);
            }
        }
    }
}
