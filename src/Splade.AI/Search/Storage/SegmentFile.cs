using Microsoft.Win32.SafeHandles;
using static Splade.AI.Search.Storage.Alignment;

namespace Splade.AI.Search.Storage;

/// <summary>A segment on disk, mapped into memory. It is written once, as a whole.</summary>
internal sealed class SegmentFile : IDisposable
{
    private SegmentFile(string path, SegmentFileHeader header, IReadOnlyList<SegmentMemory> sections)
    {
        Path = path;
        Header = header;
        Sections = sections;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    public SegmentFileHeader Header { get; }

    public IReadOnlyList<SegmentMemory> Sections { get; }

    /// <summary>Writes a segment into an empty file. It is on the disk when this returns, but for its name (<see cref="DurableFile.FlushNames"/>).</summary>
    /// <exception cref="IOException">The disk is full, or the file cannot be written.</exception>
    public static void Write(SafeFileHandle file, string path, string kind, string keys, int rows, IReadOnlyList<SegmentMemory> sections)
    {
        // Begun as what it will be: if the process dies here, the next one knows that it may go.
        RandomAccess.Write(file, SegmentFileHeader.MagicOfAll, 0);
        var written = new List<SegmentSection>();
        long offset = SegmentFileHeader.Size;
        foreach (SegmentMemory section in sections)
        {
            Write(file, section, offset);
            written.Add(new SegmentSection(offset, section.Length, section.Checksum()));
            offset = Align(offset + section.Length, SegmentFileHeader.Size);
        }

        RandomAccess.SetLength(file, offset);
        RandomAccess.Write(file, new SegmentFileHeader(kind, keys, rows, written).Write(), 0);
        DurableFile.Flush(file, path);
    }

    /// <summary>Maps a segment. Its first page is checked, and that all of it is there.</summary>
    /// <exception cref="SearchStorageException">The file is missing or damaged.</exception>
    public static SegmentFile Open(string path)
    {
        MappedFile file = Map(path);
        try
        {
            var header = SegmentFileHeader.Read(file.Start(SegmentFileHeader.Size), path);
            long end = header.Sections.Count == 0 ? SegmentFileHeader.Size : Align(header.Sections[^1].Offset + header.Sections[^1].Length, SegmentFileHeader.Size);
            return file.Length == end && header.Sections.All(section => section.Offset >= 0 && section.Length >= 0 && section.Offset + section.Length <= end)
                ? new SegmentFile(path, header, [.. header.Sections.Select(section => new SegmentMemory(file, section.Offset, section.Length))])
                : throw new SearchStorageException($"Found {file.Length} bytes, expected {end}: the segment is damaged. Restore the folder from a backup.", path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        foreach (SegmentMemory section in Sections)
        {
            section.Dispose();
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <exception cref="SearchStorageException">A section has another checksum than when it was written.</exception>
    public void Verify(CancellationToken cancellationToken)
    {
        for (int i = 0; i < Sections.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Verify(i);
        }
    }

    /// <summary>Reads one section.</summary>
    /// <exception cref="SearchStorageException">It has another checksum than when it was written.</exception>
    public void Verify(int section)
    {
        if (Sections[section].Checksum() != Header.Sections[section].Checksum)
        {
            throw new SearchStorageException(
                $"Section {section + 1} of {Sections.Count} of the segment is damaged: its checksum is another one. Restore the folder from a backup.", Path);
        }
    }

    private static MappedFile Map(string path)
    {
        try
        {
            return new MappedFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SearchStorageException("The segment is missing. Restore the folder from a backup.", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SearchStorageException($"The segment cannot be read: {e.Message} Restore the folder from a backup.", path, e);
        }
    }

    private static void Write(SafeFileHandle file, SegmentMemory section, long offset)
    {
        const int Piece = 1 << 24;
        using IDisposable reading = section.ReadAll();
        for (long from = 0; from < section.Length; from += Piece)
        {
            RandomAccess.Write(file, section.Span<byte>(from, (int)Math.Min(Piece, section.Length - from)), offset + from);
        }
    }
}
