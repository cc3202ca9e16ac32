using Splade.AI.Bm25;

namespace Splade.AI.Tests.Bm25;

/// <summary>Counting terms, more of them than there is room for at first.</summary>
public sealed class TermCounterTests
{
    [Fact]
    public void Add_ManyTermsOverAndOver_CountsEachInTheOrderOfItsFirst()
    {
        var counter = new TermCounter();
        var random = new Random(1);
        for (int text = 0; text < 3; text++)
        {
            // Equal stems of different objects are one term: two texts may have met a word at the same time.
            string[] stems = [.. Enumerable.Range(0, 5000).Select(_ => $"stem{random.Next(1000)}")];
            Array.ForEach(stems, stem => counter.Add(new Term(stem)));
            Assert.Equal(
                stems.GroupBy(stem => stem).Select(group => (group.Key, group.Count())),
                counter.Terms.ToArray().Select(counted => (counted.Term.Stem, counted.Frequency)));
            counter.Clear();
            Assert.True(counter.Terms.IsEmpty);
        }
    }
}
