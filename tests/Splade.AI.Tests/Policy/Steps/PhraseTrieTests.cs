using Splade.AI.Policy.Steps;

namespace Splade.AI.Tests.Policy.Steps;

public sealed class PhraseTrieTests
{
    private static readonly WordEdges Edges = new(Words.Tokenizer.Vocabulary);

    [Fact]
    public void Find_GeneratedPhrases_EqualsLookingForEachAtEachPlace()
    {
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            int[][] phrases = [.. Enumerable.Range(0, random.Next(1, 10)).Select(_ => Next(random, 1, 4))];
            int[] text = Next(random, 0, 20);
            var sut = new PhraseTrie<int>(Edges);
            for (int i = 0; i < phrases.Length; i++)
            {
                sut.Add(new Phrase(phrases[i], IsWord: false, ""), i);
            }

            IEnumerable<int> expected = Enumerable.Range(0, phrases.Length).Where(i => text.AsSpan().IndexOf(phrases[i]) >= 0);
            Assert.Equal(expected, sut.Find(text));
        }
    }

    [Fact]
    public void Find_NoPhrases_IsEmpty() => Assert.Empty(new PhraseTrie<int>(Edges).Find([1, 2]));

    private static int[] Next(Random random, int least, int most) =>
        [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => random.Next(1000, 1004))];
}
