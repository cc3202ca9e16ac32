using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

/// <summary>What is written, read back with the rounding of the engine, gives scores within the stated bound.</summary>
public sealed class FormatRoundingTests
{
    private const int Dimensions = 30_522;

    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, Dimensions).Select(i => i % 100 == 0 ? "##." + i : i % 33 == 0 ? "twice" : "t" + i)];

    public static TheoryData<string> Names => [.. SparseVectorFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_AsTheEngineComputesThem_AreWithinTheBound(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        var random = new Random(20);
        double largest = 0;
        for (int trial = 0; trial < Trials.Of(40, 2000); trial++)
        {
            var options = new SparseVectorFormatOptions
            {
                Vocabulary = trial % 2 == 0 ? Vocabulary : null,
                DocumentCeiling = trial % 3 == 0 ? 3 : 5,
                QueryCeiling = trial % 3 == 0 ? 16 : 3.5f,
            };
            SparseVector query = Vector(random, 1 + random.Next(60), 3.4f), document = Vector(random, 1 + random.Next(250), 3);
            Dictionary<string, float> kept = FormatReader.Documents(format, format.ToBulk([new("a", document)], options)).Single().Weights;
            Dictionary<string, float> asked = FormatReader.Query(format, format.ToQuery(query, options));
            Assert.Equal(document.Values.ToArray().Order(), kept.Values.Order());
            Assert.Equal(query.Values.ToArray().Order(), asked.Values.Order());

            double exact = Exact(query, document), bound = format.ScoreErrorBound(query, document, options);
            foreach (double score in Scores(name, asked, kept, options))
            {
                Assert.True(Math.Abs(score - exact) <= bound, $"Trial {trial}: {score} is not {exact} within {bound}.");
                largest = Math.Max(largest, bound == 0 ? 0 : Math.Abs(score - exact) / bound);
            }
        }

        // The bound is near what happens, so that it says something.
        Assert.InRange(largest, name.StartsWith("opensearch", StringComparison.Ordinal) || name.StartsWith("elastic", StringComparison.Ordinal) ? .2 : 0, 1);
    }

    [Fact]
    public void Bound_OfFeatures_IsFourThousandthsOfTheScore()
    {
        SparseVector query = new([1, 2], [1, 2], 4), document = new([1, 2, 3], [1.5f, .75f, 9], 4);

        Assert.InRange(SparseVectorFormat.Parse("elasticsearch").ScoreErrorBound(query, document) / query.Dot(document), .0039, .0040);
        Assert.InRange(SparseVectorFormat.Parse("qdrant").ScoreErrorBound(query, document) / query.Dot(document), 1e-8, 1e-6);
        Assert.Equal(0, SparseVectorFormat.Parse("opensearch").ScoreErrorBound(query, new SparseVector([0], [1], 4)));
    }

    private static IEnumerable<double> Scores(
        string name, Dictionary<string, float> query, Dictionary<string, float> document, SparseVectorFormatOptions options)
    {
        if (name == "opensearch")
        {
            // In a segment that is searched by SEISMIC; the others are searched as rank_features.
            int products = query.Keys.Where(document.ContainsKey)
                .Sum(key => Byte(query[key], options.QueryCeiling) * Byte(document[key], options.DocumentCeiling));
            yield return products * (double)(options.QueryCeiling * options.DocumentCeiling / 255f / 255f);
        }

        bool areFeatures = name.StartsWith("opensearch", StringComparison.Ordinal) || name.StartsWith("elasticsearch", StringComparison.Ordinal);
        float sum = 0;
        foreach (string key in query.Keys.Where(document.ContainsKey))
        {
            sum += query[key] * (areFeatures ? Feature(document[key]) : document[key]);
        }

        yield return sum;
    }

    private static float Feature(float weight) => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(weight) >>> 15) << 15);

    private static int Byte(float weight, float ceiling) => (int)MathF.Floor((Math.Clamp(weight, 0, ceiling) * 255f / ceiling) + .5f);

    private static double Exact(SparseVector query, SparseVector document)
    {
        double sum = 0;
        foreach (int index in query.Indices)
        {
            sum += (double)query[index] * document[index];
        }

        return sum;
    }

    // Half of the entries are on dimensions that all vectors use.
    private static SparseVector Vector(Random random, int count, float most)
    {
        int[] indices = [.. Enumerable.Range(0, count).Select(i => random.Next(i % 2 == 0 ? 80 : Dimensions)).Distinct().Order()];
        return new SparseVector(indices, [.. indices.Select(_ => MathF.Max(random.NextSingle() * random.NextSingle() * most, 1e-6f))], Dimensions);
    }
}
