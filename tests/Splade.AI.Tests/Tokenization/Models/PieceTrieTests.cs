using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tests.Tokenization.Models;

public sealed class PieceTrieTests
{
    private const string Alphabet = "abcdefghijklmnopq日";

    [Fact]
    public void Descend_RandomPieces_FindsThemAndNothingElse()
    {
        var random = new Random(3);
        IEnumerable<string> drawn = Enumerable.Range(0, 3000).Select(_ => new string(random.GetItems<char>(Alphabet, random.Next(1, 5))));
        string[] pieces = [.. drawn.Distinct()];
        var trie = new PieceTrie(pieces.Append("").Select((piece, id) => (piece, id)));

        for (int i = 0; i < 20_000; i++)
        {
            string text = new(random.GetItems<char>(Alphabet + "rst", random.Next(1, 6)));
            Assert.Equal(Array.IndexOf(pieces, text), Find(trie, text));
        }
    }

    private static int Find(PieceTrie trie, string text)
    {
        int node = trie.Enter(text[0]);
        for (int at = 1; at < text.Length && node >= 0; at++)
        {
            node = trie.Descend(node, text[at]);
        }

        return node < 0 ? -1 : trie.IdAt(node);
    }
}
