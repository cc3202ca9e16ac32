using System.Text;

namespace Splade.AI.Tokenization.Models;

/// <summary>The symbols of a byte-level model: one for each byte of the text's UTF-8, written as a printable character.</summary>
/// <remarks>
/// A byte that is printable in Latin-1, and neither space nor soft hyphen, is written as that character, the others as U+0100 and up, in
/// their order: <c>bytes_to_unicode</c> in <c>src/encoder.py</c> of OpenAI's GPT-2.
/// </remarks>
internal sealed class ByteAlphabet : IBpeAlphabet
{
    private static readonly char[] CharacterOfByte = MakeCharacters();

    private static readonly Dictionary<char, byte> ByteOfCharacter =
        CharacterOfByte.Select((character, value) => (character, value)).ToDictionary(pair => pair.character, pair => (byte)pair.value);

    private readonly int[] _ids;

    /// <param name="ids">The id of each byte.</param>
    public ByteAlphabet(int[] ids) => _ids = ids;

    /// <summary>The character that a byte is written as.</summary>
    public static char CharacterOf(byte value) => CharacterOfByte[value];

    /// <summary>The text that a token stands for, or null for one that is not written in bytes or is no text by itself.</summary>
    public static string? TextOf(string token) =>
        BytesOf(token) is byte[] bytes && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The bytes that a token stands for, or null for one that is not written in bytes.</summary>
    public static byte[]? BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!ByteOfCharacter.TryGetValue(token[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<char> text, BpeWord word)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out Rune scalar, out int length);
            foreach (byte value in utf8[..scalar.EncodeToUtf8(utf8)])
            {
                word.Add(new BpeSymbol(_ids[value], at, at + length));
            }

            at += length;
        }
    }

    private static char[] MakeCharacters()
    {
        var characters = new char[byte.MaxValue + 1];
        char next = '\u0100';
        for (int value = 0; value < characters.Length; value++)
        {
            bool isPrintable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xFF and not 0xAD);
            characters[value] = isPrintable ? (char)value : next++;
        }

        return characters;
    }
}
