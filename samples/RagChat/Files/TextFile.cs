using System.Text;

namespace RagChat.Files;

/// <summary>Reads one file as text, or says why it is none.</summary>
internal static class TextFile
{
    /// <summary>A novel has about 1 MB. Above ten of them a file is a log or a dump, and would take minutes to encode.</summary>
    public const int MaxBytes = 10_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as <see cref="PrintableText"/>, with line ends as line feeds.</summary>
    /// <param name="path">The file; it may be a link.</param>
    /// <param name="root">The folder that it has to be in once all links are followed, as <see cref="RealPath"/> gives it.</param>
    /// <param name="cancellationToken">Observed between reads.</param>
    /// <exception cref="InvalidDataException">The file is empty, too large, not regular, outside the folder, or no text.</exception>
    public static async Task<string> ReadAsync(string path, string root, CancellationToken cancellationToken)
    {
        string real = RealPath.Of(path);
        Check(new FileInfo(real), RealPath.IsInside(real, root));
        await using FileStream stream = new(real, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true);
        string text = Decode(await BytesAsync(stream, cancellationToken)).ReplaceLineEndings("\n");
        if (text.Contains('\0'))
        {
            throw new InvalidDataException("binary data, not text");
        }

        return string.IsNullOrWhiteSpace(text) ? throw new InvalidDataException("empty: it has white space only") : PrintableText.Of(text);
    }

    // Opening a pipe waits for somebody to write into it, and a device may have no end. Neither has a length, and so is not opened.
    private static void Check(FileInfo file, bool isInside)
    {
        string? fault = !isInside ? "a link out of the folder"
            : !file.Exists ? "the file does not exist (a broken link?)"
            : file.Length == 0 ? "empty, or not a regular file"
            : file.Length > MaxBytes ? TooLarge()
            : null;
        if (fault is not null)
        {
            throw new InvalidDataException(fault);
        }
    }

    /// <summary>All bytes; no more than the limit, whatever length was told before.</summary>
    private static async Task<byte[]> BytesAsync(FileStream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and int read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxBytes)
            {
                throw new InvalidDataException(TooLarge());
            }
        }

        return bytes.ToArray();
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), StrictUtf8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("not UTF-8 text");
        }
    }

    private static string TooLarge() => $"larger than the {MaxBytes / 1_000_000} MB that are read";
}
