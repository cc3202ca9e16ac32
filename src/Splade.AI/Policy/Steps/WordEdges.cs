using System.Text;
using Splade.AI.Tokenization;
using Splade.AI.Tokenization.Models;

namespace Splade.AI.Policy.Steps;

/// <summary>Whether two tokens that follow one another in a text are of one word.</summary>
/// <remarks>
/// A vocabulary tells by <c>##</c> before a token (WordPiece), or by the space that is a part of one (byte-level, Unigram): without it,
/// tokens are joined where a letter or digit meets another. Immutable and safe for concurrent use.
/// </remarks>
internal sealed class WordEdges
{
    private const string Continuation = "##";
    private const char SpaceOfBytes = 'Ġ';
    private const char SpaceOfUnigram = '▁';

    private readonly Vocabulary _vocabulary;
    private readonly bool _marksContinuations;
    private readonly bool _isOfBytes;

    public WordEdges(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        int continuations = vocabulary.Count(token => token.StartsWith(Continuation, StringComparison.Ordinal));
        int spacesOfBytes = vocabulary.Count(token => token.StartsWith(SpaceOfBytes));
        int spacesOfUnigram = vocabulary.Count(token => token.StartsWith(SpaceOfUnigram));
        _marksContinuations = continuations > Math.Max(spacesOfBytes, spacesOfUnigram);
        _isOfBytes = spacesOfBytes > Math.Max(continuations, spacesOfUnigram);
    }

    /// <summary>Whether the tokens from a start to before an end are no part of a longer word.</summary>
    public bool AreWords(ReadOnlySpan<int> text, int start, int end) =>
        (start == 0 || !AreOfOneWord(text[start - 1], text[start])) && (end == text.Length || !AreOfOneWord(text[end - 1], text[end]));

    private bool AreOfOneWord(int left, int right)
    {
        if (_marksContinuations)
        {
            return _vocabulary[right].Length > Continuation.Length && _vocabulary[right].StartsWith(Continuation, StringComparison.Ordinal);
        }

        Rune.DecodeLastFromUtf16(TextOf(left), out Rune last, out _);
        Rune.DecodeFromUtf16(TextOf(right), out Rune first, out _);
        return WordCharacters.Contains(last) && WordCharacters.Contains(first) && !SpacelessScripts.Contains(last) && !SpacelessScripts.Contains(first);
    }

    /// <summary>What a token stands for; nothing if that is not a whole character.</summary>
    private string TextOf(int id) => _isOfBytes ? ByteAlphabet.TextOf(_vocabulary[id]) ?? "" : _vocabulary[id];
}
