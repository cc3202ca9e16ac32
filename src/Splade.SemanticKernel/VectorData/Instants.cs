namespace Splade.SemanticKernel.VectorData;

/// <summary>Times as they are stored and compared: one of the kind Local counts as its instant in UTC, whatever the time zone is when it is read.</summary>
internal static class Instants
{
    public static DateTime Of(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;

    public static DateTime? Of(DateTime? time) => time is DateTime known ? Of(known) : null;

    /// <summary>The same of a value of any type: of a time, or of an array, a list or a set of times.</summary>
    public static object? Of(object? value) => value switch
    {
        DateTime time => Of(time),
        DateTime[] times => Array.ConvertAll(times, Of),
        DateTime?[] times => Array.ConvertAll(times, Of),
        List<DateTime> times => times.ConvertAll(Of),
        List<DateTime?> times => times.ConvertAll(Of),
        HashSet<DateTime> times => new HashSet<DateTime>(times.Select(Of), times.Comparer),
        SortedSet<DateTime> times => new SortedSet<DateTime>(times.Select(Of), times.Comparer),
        _ => value,
    };
}
