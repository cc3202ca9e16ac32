using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <summary>Records of any content, made from a seed, and the schema that they are of. No two scores of a query are equal, but by chance.</summary>
public static class StoreRecords
{
    /// <summary>The size of the sparse vectors.</summary>
    public const int SparseSize = 500;

    /// <summary>The size of the dense vectors.</summary>
    public const int DenseSize = 8;

    private const int Entries = 12;

    /// <summary>Gets the schema: two sparse vectors and a dense one.</summary>
    public static HybridSchema Schema { get; } = new(
        VectorField.Sparse("splade", SparseSize), VectorField.Sparse("words", SparseSize), VectorField.Dense("meaning", DenseSize));

    /// <summary>Gets the fields of metadata that filters ask for, and the kinds of their values.</summary>
    public static IReadOnlyList<(string Name, MetadataKind Kind)> Fields { get; } =
    [
        ("lang", MetadataKind.Text), ("year", MetadataKind.Number), ("year", MetadataKind.Text), ("draft", MetadataKind.Boolean), ("when", MetadataKind.Date),
        ("when", MetadataKind.Text), ("tags", MetadataKind.Text), ("a.b \"c\"", MetadataKind.Text), ("never", MetadataKind.Text),
        ("document", MetadataKind.Text),
    ];

    /// <summary>Makes records.</summary>
    /// <param name="count">How many, named <c>r0</c> and so on.</param>
    /// <param name="seed">The seed.</param>
    public static HybridRecord[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Make($"r{i}", random))];
    }

    /// <summary>Makes a record.</summary>
    /// <param name="id">The id.</param>
    /// <param name="random">Where its content comes from.</param>
    public static HybridRecord Make(string id, Random random) => new(
        id,
        $"The text of {id}: äöü 漢字 🌍 {random.Next()}",
        new Dictionary<string, HybridVector> { ["splade"] = Sparse(random), ["words"] = Sparse(random), ["meaning"] = Dense(random) },
        Metadata(random));

    /// <summary>Makes a query with a vector for each of the schema.</summary>
    public static HybridQueryLeg[] Query(Random random) =>
        [new("splade", Sparse(random)), new("words", Sparse(random)), new("meaning", Dense(random))];

    /// <summary>Makes a sparse vector.</summary>
    public static SparseVector Sparse(Random random)
    {
        int[] indices = [.. Enumerable.Range(0, Entries).Select(_ => random.Next(SparseSize)).Distinct().Order()];
        return new SparseVector(indices, [.. indices.Select(_ => 0.05f + (3 * random.NextSingle()))], SparseSize);
    }

    /// <summary>Makes a dense vector.</summary>
    public static float[] Dense(Random random) => [.. Enumerable.Range(0, DenseSize).Select(_ => random.NextSingle() - 0.4f)];

    /// <summary>Makes a filter of any kind and depth over <see cref="Fields"/>.</summary>
    /// <param name="random">Where it comes from.</param>
    /// <param name="textRanges">Whether it may ask for ranges of text.</param>
    public static MetadataFilter Filter(Random random, bool textRanges)
    {
        (string name, MetadataKind kind) = Fields[random.Next(Fields.Count)];
        MetadataFilter[] Parts() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Filter(random, textRanges))];
        return random.Next(9) switch
        {
            0 => MetadataFilter.All(Parts()),
            1 => MetadataFilter.Any(Parts()),
            2 => !Filter(random, textRanges),
            3 => MetadataFilter.Exists(name),
            4 or 5 when kind is not MetadataKind.Boolean && (textRanges || kind is not MetadataKind.Text) => random.Next(5) switch
            {
                0 => MetadataFilter.AtLeast(name, Value(kind, random)),
                1 => MetadataFilter.Above(name, Value(kind, random)),
                2 => MetadataFilter.AtMost(name, Value(kind, random)),
                3 => MetadataFilter.Below(name, Value(kind, random)),
                _ => MetadataFilter.Between(name, Value(kind, random), Value(kind, random)),
            },
            _ => MetadataFilter.In(name, Enumerable.Range(0, random.Next(4)).Select(_ => Value(kind, random))),
        };
    }

    private static MetadataValue Value(MetadataKind kind, Random random) => kind switch
    {
        MetadataKind.Number => random.Next(2) > 0 ? 2000 + random.Next(20) : 2000.5 + random.Next(20),
        MetadataKind.Boolean => random.Next(2) > 0,
        MetadataKind.Date => new DateTimeOffset(2020, 1 + random.Next(12), 1 + random.Next(28), random.Next(24), 0, 0, TimeSpan.FromHours(random.Next(5) - 2)),
        _ => random.Next(5) switch { 0 => "en", 1 => "日本", 2 => $"t{random.Next(5)}", 3 => $"{2000 + random.Next(20)}", _ => $"x{random.Next(3)}" },
    };

    private static Dictionary<string, MetadataValue> Metadata(Random random)
    {
        var metadata = new Dictionary<string, MetadataValue> { ["lang"] = random.Next(3) switch { 0 => "en", 1 => "de", _ => "日本" } };
        if (random.Next(4) > 0)
        {
            metadata["year"] = random.Next(3) switch { 0 => 2000 + random.Next(20), 1 => $"{2000 + random.Next(20)}", _ => 2000.5 + random.Next(20) };
        }

        if (random.Next(2) > 0)
        {
            metadata["draft"] = random.Next(2) > 0;
        }

        if (random.Next(3) > 0)
        {
            var date = new DateTimeOffset(2020, 1 + random.Next(12), 1 + random.Next(28), random.Next(24), 0, 0, TimeSpan.FromHours(random.Next(5) - 2));
            metadata["when"] = random.Next(4) > 0 ? date : date.ToString("O");
        }

        if (random.Next(3) > 0)
        {
            metadata["tags"] = Enumerable.Range(0, random.Next(4)).Select(_ => $"t{random.Next(5)}").Distinct().ToArray();
        }

        if (random.Next(3) > 0)
        {
            metadata["a.b \"c\""] = $"x{random.Next(3)}";
        }

        return metadata;
    }
}
