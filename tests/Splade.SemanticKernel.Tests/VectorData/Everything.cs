using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>A record with data of all types, and no vectors.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The types are what the record is about.")]
public sealed class Everything
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool Bool { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public byte Byte { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public short Short { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Int { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public long Long { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public float Float { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double Double { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public decimal Decimal { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Guid Guid { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTime DateTime { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTimeOffset Offset { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateOnly Date { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public TimeOnly Time { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int? NullableInt { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double? NullableDouble { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool? NullableBool { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string[] Tags { get; set; } = [];

    [VectorStoreData(IsIndexed = true)]
    public List<long> Numbers { get; set; } = [];

    [VectorStoreData]
    public string? NotIndexed { get; set; }

    [VectorStoreData]
    public byte[]? Bytes { get; set; }

    /// <summary>Records whose values often meet, with the odd ones of each type among them.</summary>
    public static Everything Random(Random random, int id) => new()
    {
        Id = id,
        Text = Any(random, null, string.Empty, "a", "b", "\u00e4", "\"quoted\" \\ <&>"),
        Bool = random.Next(2) == 0,
        Byte = Any<byte>(random, 0, 1, 255),
        Short = Any<short>(random, short.MinValue, -1, 0, 7),
        Int = Any(random, int.MinValue, -5, 0, 5, int.MaxValue),
        Long = Any(random, long.MinValue, -1, 0, (1L << 53) + 1, 1L << 53, long.MaxValue),
        Float = Any(random, float.NaN, float.NegativeInfinity, -1.5f, -0f, 0, .1f, float.Epsilon, float.PositiveInfinity),
        Double = Any(random, double.NaN, double.NegativeInfinity, -1.5, -0.0, 0, .1, double.Epsilon, double.MaxValue),
        Decimal = Any(random, decimal.MinValue, -1.10m, 0, .1m, decimal.MaxValue),
        Guid = Any(random, Guid.Empty, new Guid("603840bf-cf91-4521-8b8e-8b6a2e75910a")),
        DateTime = Any(
            random, DateTime.MinValue, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(7), new DateTime(2020, 1, 2, 3, 4, 5).AddTicks(6)),
        Offset = Any(
            random,
            DateTimeOffset.MinValue,
            new DateTimeOffset(2020, 1, 1, 12, 0, 0, TimeSpan.FromHours(2)),
            new DateTimeOffset(2020, 1, 1, 10, 0, 0, TimeSpan.Zero)),
        Date = Any(random, DateOnly.MinValue, new DateOnly(2020, 2, 29)),
        Time = Any(random, TimeOnly.MinValue, new TimeOnly(12, 30, 45).Add(TimeSpan.FromTicks(1)), TimeOnly.MaxValue),
        NullableInt = Any<int?>(random, null, 0, 5),
        NullableDouble = Any<double?>(random, null, 0, double.NaN),
        NullableBool = Any<bool?>(random, null, true, false),
        Tags = Any<string[]>(random, [], ["x"], ["x", "y"], ["y", "z"]),
        Numbers = Any<List<long>>(random, [], [1], [1, long.MaxValue]),
        NotIndexed = Any(random, null, "a", "b"),
        Bytes = Any<byte[]?>(random, null, [1, 2, 255]),
    };

    private static T Any<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
