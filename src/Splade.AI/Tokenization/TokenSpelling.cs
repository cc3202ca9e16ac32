using System.Text;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization;

/// <summary>How a vocabulary writes its tokens, and how people would write them.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class TokenSpelling
{
    /// <summary>How SentencePiece writes the space.</summary>
    private const char SpaceMark = '▁';

    /// <summary>How byte-level BPE writes the space.</summary>
    private const char ByteSpace = 'Ġ';

    private readonly string? _continuation;
    private readonly bool _isBytes;

    private TokenSpelling(string? continuation, bool isBytes)
    {
        _continuation = continuation;
        _isBytes = isBytes;
    }

    /// <summary>Characters, with spaces as SentencePiece writes them: Unigram, and BPE over characters.</summary>
    public static TokenSpelling Characters { get; } = new(continuation: null, isBytes: false);

    /// <summary>A printable character for each byte: byte-level BPE.</summary>
    public static TokenSpelling Bytes { get; } = new(continuation: null, isBytes: true);

    /// <summary>WordPiece.</summary>
    /// <param name="continuation">What tokens begin with that continue a word. With none, pieces do not show where a word begins.</param>
    public static TokenSpelling WordPiece(string continuation) => new(continuation.Length > 0 ? continuation : null, isBytes: false);

    /// <summary>Whether a token continues a word; null where tokens do not tell.</summary>
    public bool? Continues(string token) => _continuation is null ? null : IsContinuation(token);

    /// <summary>Whether a token begins a word. Of byte-level BPE and SentencePiece it is one with a space at its start.</summary>
    public bool Begins(string token) => Continues(token) is bool continues ? !continues : token[0] == (_isBytes ? ByteSpace : SpaceMark);

    /// <summary>A token as people write it.</summary>
    public string Read(string token)
    {
        string text = _isBytes ? ReadBytes(token)
            : _continuation is not null ? WithoutContinuation(token)
            : token.Replace(SpaceMark, ' ');
        string trimmed = text.Trim(' ');
        return trimmed.Length > 0 ? trimmed : text;
    }

    /// <summary>The text that tokens are of.</summary>
    public string Join(IEnumerable<string> tokens)
    {
        var text = new StringBuilder();
        foreach (string token in tokens)
        {
            // Only WordPiece has no mark for the space before a word.
            bool isWord = _continuation is not null && !IsContinuation(token) && text.Length > 0;
            text.Append(isWord ? " " : "").Append(_continuation is null ? token : WithoutContinuation(token));
        }

        string joined = text.ToString();
        return (_isBytes ? ReadAllBytes(joined) : _continuation is null ? joined.Replace(SpaceMark, ' ') : joined).TrimStart(' ');
    }

    private bool IsContinuation(string token) =>
        token.Length > _continuation!.Length && token.StartsWith(_continuation, StringComparison.Ordinal);

    private string WithoutContinuation(string token) => IsContinuation(token) ? token[_continuation!.Length..] : token;

    private static string ReadAllBytes(string tokens) =>
        ByteAlphabet.BytesOf(tokens) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : tokens;

    // Bytes that are no text by themselves, as those of half a character, are written as SentencePiece writes bytes.
    private static string ReadBytes(string token)
    {
        if (ByteAlphabet.BytesOf(token) is not byte[] bytes)
        {
            return token;
        }

        var text = new StringBuilder();
        for (int at = 0; at < bytes.Length;)
        {
            bool isText = Rune.DecodeFromUtf8(bytes.AsSpan(at), out Rune scalar, out int length) == System.Buffers.OperationStatus.Done;
            _ = isText ? text.Append(scalar) : AppendBytes(text, bytes.AsSpan(at, length));
            at += length;
        }

        return text.ToString();
    }

    private static StringBuilder AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<0x{value:X2}>");
        }

        return text;
    }
}
