namespace Splade.AI.Hybrid.Filtering;

/// <summary>The one order of metadata: by kind, then by value. Strings are compared by ordinal, dates as points in time, lists item by item.</summary>
internal static class MetadataOrder
{
    /// <summary>-1, 0 or 1.</summary>
    public static int Compare(MetadataValue left, MetadataValue right)
    {
        if (left.Kind != right.Kind)
        {
            return Math.Sign(left.Kind.CompareTo(right.Kind));
        }

        return left.Kind switch
        {
            MetadataKind.Text => Math.Sign(string.CompareOrdinal(left.AsString(), right.AsString())),
            MetadataKind.Number => left.AsNumber().CompareTo(right.AsNumber()),
            MetadataKind.Boolean => left.AsBoolean().CompareTo(right.AsBoolean()),
            MetadataKind.Date => left.AsDate().CompareTo(right.AsDate()),
            _ => CompareItems(left.Items, right.Items),
        };
    }

    private static int CompareItems(MetadataValue[] left, MetadataValue[] right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (Compare(left[i], right[i]) is int order and not 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
