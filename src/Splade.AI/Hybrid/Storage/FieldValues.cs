namespace Splade.AI.Hybrid.Storage;

/// <summary>The values that a field has in some rows: numbered as they come, then in their order.</summary>
internal sealed class FieldValues
{
    private readonly Dictionary<MetadataValue, int> _numbers = new(ExactValues.Instance);
    private readonly List<long> _counts = [];

    /// <summary>The values, in their order. Known from <see cref="Sort"/> on.</summary>
    public MetadataValue[] Sorted { get; private set; } = [];

    /// <summary>For each value how often it came, in their order.</summary>
    public long[] Counts { get; private set; } = [];

    /// <summary>The place of each value in their order, by the number that <see cref="Add"/> gave.</summary>
    public int[] Places { get; private set; } = [];

    /// <summary>The place of an empty list, if the field has one.</summary>
    public int PlaceOfEmptyList => Places[_numbers[StoredValue.EmptyList]];

    /// <summary>Counts a value, and gives its number.</summary>
    public int Add(MetadataValue value)
    {
        if (!_numbers.TryGetValue(value, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(value, number);
            _counts.Add(0);
        }

        _counts[number]++;
        return number;
    }

    public void Sort()
    {
        Sorted = [.. _numbers.Keys.Order(StoredValue.Order)];
        Places = new int[Sorted.Length];
        Counts = new long[Sorted.Length];
        for (int place = 0; place < Sorted.Length; place++)
        {
            int number = _numbers[Sorted[place]];
            Places[number] = place;
            Counts[place] = _counts[number];
        }
    }

    /// <summary>Tells dates of one point in time apart by their offset.</summary>
    private sealed class ExactValues : IEqualityComparer<MetadataValue>
    {
        public static ExactValues Instance { get; } = new();

        public bool Equals(MetadataValue? x, MetadataValue? y) => StoredValue.Order.Compare(x!, y!) == 0;

        public int GetHashCode(MetadataValue obj) => obj.GetHashCode();
    }
}
