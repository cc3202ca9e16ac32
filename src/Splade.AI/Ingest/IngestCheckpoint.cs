using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Splade.AI.Hybrid;

namespace Splade.AI.Ingest;

/// <summary>A file of what documents were when they were done last: a line with a hash of the id and one of the content. Not safe for concurrent use.</summary>
/// <remarks>
/// The last line of a document counts; one of zeros says that it is under way, or was taken out. A line that a killed process left unfinished is cut off. A
/// document whose line was not written is looked up in the store again.
/// </remarks>
internal sealed class IngestCheckpoint : IDisposable
{
    private const string Header = "splade-ingest 1\n";
    private const int IdLength = 16;
    private const int ContentLength = 32;
    private const int LineLength = IdLength + ContentLength + 1;

    private readonly Dictionary<ulong, UInt128> _done = [];
    private readonly FileStream _file;

    private IngestCheckpoint(FileStream file) => _file = file;

    /// <param name="path">The file; it is made if it is not there.</param>
    /// <param name="isBelieved">Whether what it holds counts; else it is emptied.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static IngestCheckpoint Open(string path, bool isBelieved)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var checkpoint = new IngestCheckpoint(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            checkpoint.Read(path, isBelieved);
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>What a document is known by: a change of its content, its models or of how it is cut makes it another.</summary>
    public static DocumentHash HashOf(IngestDocument document, IEnumerable<string> passages, string space)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(space);
        Count(document.Metadata.Count);
        foreach ((string name, MetadataValue value) in document.Metadata.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add($"{value.Kind}");
            Count(value.Items.Length);
            foreach (MetadataValue item in value.Items)
            {
                Add($"{item.Kind} {item}");
            }
        }

        foreach (string passage in passages)
        {
            Add(passage);
        }

        return new DocumentHash(HashOf(document.Id), BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset()));

        // With their lengths and numbers: no two documents give one sequence of bytes.
        void Add(string text)
        {
            Count(text.Length);
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        void Count(int number) => hash.AppendData(BitConverter.GetBytes(number));
    }

    public bool Contains(DocumentHash hash) => _done.TryGetValue(hash.Id, out UInt128 content) && content == hash.Content;

    /// <summary>Remembers documents, whose passages are all in the store.</summary>
    public void Add(IEnumerable<DocumentHash> hashes)
    {
        foreach (DocumentHash hash in hashes)
        {
            _done[hash.Id] = hash.Content;
            Write(hash);
        }

        _file.Flush();
    }

    /// <summary>Forgets documents, before their passages in the store are others.</summary>
    public void Forget(params IEnumerable<string> ids)
    {
        foreach (ulong id in ids.Select(HashOf).Where(_done.Remove))
        {
            Write(new DocumentHash(id, UInt128.Zero));
        }

        _file.Flush();
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _done.Clear();
        Cut(0);
    }

    public void Dispose() => _file.Dispose();

    private static ulong HashOf(string id) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan())));

    private void Write(DocumentHash hash) =>
        _file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{hash.Id:x16}{hash.Content:x32}\n")));

    private void Read(string path, bool isBelieved)
    {
        using var reader = new StreamReader(_file, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
        char[] header = new char[Header.Length];
        int length = reader.ReadBlock(header);
        if (!Header.AsSpan().StartsWith(header.AsSpan(0, length)))
        {
            throw new InvalidDataException($"{path}: Found something else than a checkpoint, expected the first line '{Header.Trim()}'. Choose another file.");
        }

        long end = 0;
        if (length == Header.Length && isBelieved)
        {
            end = Header.Length;
            for (char[] line = new char[LineLength]; reader.ReadBlock(line) == LineLength; end += LineLength)
            {
                if (line[^1] != '\n'
                    || !ulong.TryParse(line.AsSpan(0, IdLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id)
                    || !UInt128.TryParse(line.AsSpan(IdLength, ContentLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 content))
                {
                    break;
                }

                if (content == UInt128.Zero)
                {
                    _done.Remove(id);
                }
                else
                {
                    _done[id] = content;
                }
            }
        }

        Cut(end);
    }

    private void Cut(long end)
    {
        _file.SetLength(end);
        _file.Position = end;
        if (end == 0)
        {
            _file.Write(Encoding.ASCII.GetBytes(Header));
            _file.Flush();
        }
    }
}
