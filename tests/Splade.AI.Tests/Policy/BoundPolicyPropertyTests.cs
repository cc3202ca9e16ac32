using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

/// <summary>Generated policies on generated vectors and texts, against the plain implementation. Factors are powers of two: products are exact.</summary>
public sealed class BoundPolicyPropertyTests
{
    private static readonly string[] Pool =
    [
        "car", "bus", "planet", "chandra", "chandrayaan", "Chandrayaan-3", "900", "900s", "XJ-900", "XJ-9000",
        "the", "of", "moon", "descaling", "de", "-", "car bus",
    ];

    private static readonly string[] Tokens = ["##s", "##ya", "##an", "-", "car", "the", "##0"];

    private static readonly string[] Patterns = ["##*", "*an", "ca*r", "[*]", "*-*", "p*n*t"];

    private static readonly double[] Factors = [.25, .5, 2, 4];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Apply_GeneratedPolicies_EqualsThePlainImplementation(int seed)
    {
        var random = new Random(seed);
        int changed = 0;
        for (int round = 0; round < 50; round++)
        {
            PolicyRule[] rules = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => NextRule(random))];
            string text = string.Join(random.Next(4) == 0 ? ", " : " ", random.GetItems(Pool, random.Next(0, 12)));
            SparseVector vector = NextVector(random, text);
            EmbeddingInputType inputType = random.Next(2) == 0 ? EmbeddingInputType.Document : EmbeddingInputType.Query;

            BoundPolicy sut = Words.Bind(rules);
            SparseVector expected = new PlainPolicy(rules).Apply(vector, text, inputType);
            SparseVector actual = sut.Apply(vector, Words.Ids(text), inputType);

            Assert.True(expected.Equals(actual), Describe(rules, text, expected, actual));
            Assert.Equal(actual, sut.Trace(vector, Words.Ids(text), inputType).Vector);
            changed += actual.Equals(vector) ? 0 : 1;
        }

        Assert.InRange(changed, 25, 50);
    }

    [Fact]
    public void Explain_GeneratedPolicies_EffectsLeadFromTheOneVectorToTheOther()
    {
        var random = new Random(5);
        var seen = new HashSet<PolicyAction>();
        for (int round = 0; round < 100; round++)
        {
            PolicyRule[] rules = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => NextRule(random))];
            string text = string.Join(' ', random.GetItems(Pool, 10));
            SparseVector vector = NextVector(random, text);
            PolicyOutcome outcome = Words.Bind(rules).Trace(vector, Words.Ids(text), EmbeddingInputType.Document);

            foreach (int id in vector.Indices.ToArray().Union(outcome.Vector.Indices.ToArray()))
            {
                float weight = vector[id];
                PolicyAction? last = null;
                foreach (PolicyEffect effect in outcome.On(id))
                {
                    Assert.Equal(weight, effect.Before);
                    Assert.True(last is null || last < effect.Action, "Each step acts once on an entry, in order.");
                    Assert.Equal(Words.Tokenizer.Vocabulary[id], effect.Token);
                    (weight, last) = (effect.After, effect.Action);
                    seen.Add(effect.Action);
                }

                Assert.Equal(outcome.Vector[id], weight);
            }

            Assert.Equal(outcome.Effects.Select(e => e.Id).Order(), outcome.Effects.Select(e => e.Id));
        }

        Assert.Equal(Enum.GetValues<PolicyAction>().ToHashSet(), seen);
    }

    [Fact]
    public void Apply_RulesInAnyOrder_SameBits()
    {
        var random = new Random(6);
        double[] factors = [1.1, .7, 3.3, 1.9];
        for (int round = 0; round < 50; round++)
        {
            PolicyRule[] rules = [.. Enumerable.Range(0, 5).Select(_ => new BoostRule(random.GetItems(factors, 1)[0]) { Terms = random.GetItems(Pool, 3) })];
            string text = string.Join(' ', random.GetItems(Pool, 10));
            SparseVector vector = NextVector(random, text);
            SparseVector expected = Words.Apply(vector, text, rules);
            random.Shuffle(rules);
            Assert.Equal(expected, Words.Apply(vector, text, rules));
        }
    }

    private static PolicyRule NextRule(Random random)
    {
        PolicyRule rule = random.Next(5) switch
        {
            0 => new BanRule(),
            1 => new BoostRule(random.GetItems(Factors, 1)[0]),
            2 => new SynonymRule(random.GetItems(Pool, random.Next(1, 3)), random.GetItems(Factors, 1)[0]),
            _ => new ForceRule(random.Next(1, 129) / 64d),
        };
        string[] pool = rule is BanRule ? [.. Pool.Where(w => Words.Ids(w).Length == 1)] : Pool;
        rule = random.Next(4) switch
        {
            0 => rule with { Tokens = random.GetItems(Tokens, 2) },
            1 => rule with { Patterns = random.GetItems(Patterns, 1), Terms = random.GetItems(pool, 1) },
            2 => rule with { WordLists = [new PolicyWordList("list", Pool)] },
            _ => rule with { Terms = random.GetItems(pool, 3) },
        };
        return rule with { AppliesTo = random.GetItems<EmbeddingInputType?>([null, EmbeddingInputType.Document, EmbeddingInputType.Query], 1)[0] };
    }

    private static SparseVector NextVector(Random random, string text)
    {
        float[] dense = new float[Words.Tokenizer.Vocabulary.Count];
        int[] ids = [.. Words.Ids(text), .. Pool.SelectMany(w => Words.Ids(w)), .. Enumerable.Range(0, 20).Select(_ => random.Next(dense.Length))];
        foreach (int id in ids.Where(_ => random.Next(2) == 0))
        {
            dense[id] = random.Next(1, 129) / 64f;
        }

        return SparseVector.FromDense(dense);
    }

    private static string Describe(PolicyRule[] rules, string text, SparseVector expected, SparseVector actual) =>
        $"'{text}' under {new VocabularyPolicy(rules).ToJson()}\nexpected {Describe(expected)}\nfound {Describe(actual)}";

    private static string Describe(SparseVector vector) => string.Join(", ", vector.Terms(Words.Tokenizer.Vocabulary).Select(t => $"{t.Token} {t.Weight}"));
}
