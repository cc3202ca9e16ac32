using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>A file of weights, open for reading. What its header says of places in it is compared with its length before anything is allocated.</summary>
internal sealed class WeightFile
{
    private readonly FileStream _file;

    private WeightFile(FileStream file, string path)
    {
        _file = file;
        Path = path;
        Length = file.Length;
        Memory = new MemoryBudget(Length);
    }

    private static ReadOnlySpan<byte> GitLfs => "version https://git-lfs"u8;

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length { get; }

    /// <summary>What may be allocated to read it.</summary>
    public MemoryBudget Memory { get; }

    /// <summary>Reads the tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format, as an error names it.</param>
    /// <param name="read">
    /// Reads them. A <see cref="FormatException"/> says that the file is damaged, and how; a <see cref="NotSupportedException"/> that it is of a kind
    /// that is not read, and what to do.
    /// </param>
    /// <exception cref="SpladeModelException">The file cannot be read, is damaged, or is not supported.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(
        string path, string format, Func<WeightFile, IReadOnlyDictionary<string, WeightTensor>> read)
    {
        using FileStream stream = CheckedFile.OpenRead(path);
        try
        {
            var file = new WeightFile(stream, System.IO.Path.GetFullPath(path));
            file.RefuseGitLfs();
            return read(file);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            throw new SpladeModelException($"The file is not a whole {format} file: {e.Message} Copy it again from its origin.", path, e);
        }
        catch (NotSupportedException e)
        {
            throw new SpladeModelException(e.Message, path, e);
        }
    }

    /// <summary>Whether so many bytes lie in the file from a place on.</summary>
    public bool Has(long offset, long length) => offset >= 0 && length >= 0 && offset <= Length && length <= Length - offset;

    /// <summary>Reads a part of the file.</summary>
    /// <exception cref="FormatException">The file has no such part, or it is longer than an array may be.</exception>
    public byte[] ReadBytes(long offset, long length)
    {
        Require(offset, length);
        Memory.Spend(length);
        byte[] bytes = length <= Array.MaxLength ? new byte[length] : throw new FormatException(
            $"It names {length} bytes in one piece, expected at most {Array.MaxLength}.");
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>Fills bytes from a place on.</summary>
    /// <exception cref="FormatException">The file has no such part.</exception>
    public void Read(long offset, Span<byte> bytes)
    {
        Require(offset, bytes.Length);
        _file.Position = offset;
        _file.ReadExactly(bytes);
    }

    private void Require(long offset, long length)
    {
        if (!Has(offset, length))
        {
            throw new FormatException($"It names {length} bytes from byte {offset} on, and has {Length}.");
        }
    }

    private void RefuseGitLfs()
    {
        if (Length >= GitLfs.Length && ReadBytes(0, GitLfs.Length).AsSpan().SequenceEqual(GitLfs))
        {
            throw new NotSupportedException(
                $"Found a git-lfs pointer of {Length} bytes, expected the file that it stands for. Run 'git lfs pull' in the folder, or download the file.");
        }
    }
}
