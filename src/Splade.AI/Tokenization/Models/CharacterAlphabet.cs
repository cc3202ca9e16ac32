using System.Text;

namespace Splade.AI.Tokenization.Models;

/// <summary>The symbols of a model over characters: each character is one, or, if it is unknown, its bytes or the unknown token.</summary>
internal sealed class CharacterAlphabet : IBpeAlphabet
{
    private readonly PieceTable _characters;
    private readonly int[]? _byteIds;
    private readonly int _unknownId;
    private readonly bool _fusesUnknown;

    /// <param name="tokens">The vocabulary by id.</param>
    /// <param name="byteIds">The ids of the tokens for bytes, which take the place of unknown characters, or null.</param>
    /// <param name="unknownId">The id of an unknown character where there are no tokens for bytes.</param>
    /// <param name="fusesUnknown">Whether unknown characters that stand together become one token.</param>
    public CharacterAlphabet(IReadOnlyList<string> tokens, int[]? byteIds, int unknownId, bool fusesUnknown)
    {
        IEnumerable<(int Id, string Token)> characters = tokens.Index().Where(token => IsCharacter(token.Item));
        _characters = new PieceTable([.. characters.Select(character => (character.Token, character.Id))]);
        _byteIds = byteIds;
        _unknownId = unknownId;
        _fusesUnknown = fusesUnknown;
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<char> text, BpeWord word)
    {
        int unknownStart = -1;
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out Rune scalar, out int length);
            ReadOnlySpan<char> character = text.Slice(at, length);
            if (_characters.TryGet(character, PieceTable.Hash(character), out int id))
            {
                word.Add(new BpeSymbol(id, at, at + length));
                unknownStart = -1;
            }
            else if (_byteIds is not null)
            {
                AppendBytes(scalar, at, at + length, word);
            }
            else if (_fusesUnknown && unknownStart >= 0)
            {
                word.ReplaceLast(new BpeSymbol(_unknownId, unknownStart, at + length));
            }
            else
            {
                word.Add(new BpeSymbol(_unknownId, at, at + length));
                unknownStart = at;
            }

            at += length;
        }
    }

    private static bool IsCharacter(string token) => token.Length > 0 && Rune.GetRuneAt(token, 0).Utf16SequenceLength == token.Length;

    private void AppendBytes(Rune scalar, int start, int end, BpeWord word)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (byte value in utf8[..scalar.EncodeToUtf8(utf8)])
        {
            word.Add(new BpeSymbol(_byteIds![value], start, end));
        }
    }
}
