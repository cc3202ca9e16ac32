using System.Collections;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>The tokens of a model by id, and their ids by text.</summary>
/// <remarks>
/// Immutable and safe for concurrent use. Tokens are as the model's file writes them: one that continues a word begins with <c>##</c> in
/// a WordPiece model; one that begins a word begins with <c>▁</c> in a Unigram model, and with <c>Ġ</c> in a byte-level BPE model, where
/// each character stands for a byte.
/// </remarks>
public sealed class Vocabulary : IReadOnlyList<string>
{
    private readonly string[] _tokens;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;

    /// <summary>Takes both, which say the same, without copying them. The caller never writes to them again.</summary>
    internal Vocabulary(string[] tokens, Dictionary<string, int> ids)
    {
        Debug.Assert(tokens.Length == ids.Count, "Every token has one id.");
        _tokens = tokens;
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Gets how many tokens there are: ids run from 0 to one less.</summary>
    public int Count => _tokens.Length;

    /// <summary>The text of a token.</summary>
    /// <param name="id">At least 0 and below <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is no id of this vocabulary.</exception>
    public string this[int id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _tokens.Length);
            return _tokens[id];
        }
    }

    /// <summary>Looks up the id of a token.</summary>
    /// <param name="token">The token as the vocabulary writes it.</param>
    /// <param name="id">The id, or 0 when there is none.</param>
    /// <returns>Whether the vocabulary has the token.</returns>
    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _ids.TryGetValue(token, out id);

    /// <summary>Computes the SHA-256 over the tokens in the order of their ids, as <see cref="SparseModelIdentity.VocabularyHash"/> has it.</summary>
    /// <returns>The hash, in lower-case hexadecimal digits. It is computed anew by each call.</returns>
    public string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string token in _tokens)
        {
            // The length keeps tokens apart, whatever characters they have.
            hash.AppendData(Encoding.UTF8.GetBytes($"{token.Length}:{token}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The tokens in the order of their ids.</summary>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_tokens).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
