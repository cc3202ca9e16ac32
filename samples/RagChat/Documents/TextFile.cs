using System.Text;

namespace RagChat.Documents;

/// <summary>Reads one file as text, or says why it is none.</summary>
internal static class TextFile
{
    /// <summary>A novel has about 1 MB. Above ten of them a file is a log or a dump, and would take minutes to encode.</summary>
    public const long MaxBytes = 10_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as <see cref="PrintableText"/>, with line ends as line feeds.</summary>
    /// <exception cref="InvalidDataException">The file is empty, too large, or no text.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true);
        if (stream.Length > MaxBytes)
        {
            throw new InvalidDataException($"larger than the {MaxBytes / 1_000_000} MB that are read");
        }

        string text = (await DecodeAsync(stream, cancellationToken)).ReplaceLineEndings("\n");
        if (text.Contains('\0'))
        {
            throw new InvalidDataException("binary data, not text");
        }

        return string.IsNullOrWhiteSpace(text) ? throw new InvalidDataException("empty") : PrintableText.Of(text);
    }

    private static async Task<string> DecodeAsync(FileStream stream, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(stream, StrictUtf8, detectEncodingFromByteOrderMarks: true);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("not UTF-8 text");
        }
    }
}
