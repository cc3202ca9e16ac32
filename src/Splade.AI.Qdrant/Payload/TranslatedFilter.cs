using Qdrant.Client.Grpc;

namespace Splade.AI.Qdrant.Payload;

/// <summary>A filter in Qdrant's words, or that it matches all records or none. Immutable, as long as nobody changes what it gives out.</summary>
internal sealed class TranslatedFilter
{
    private readonly Condition? _condition;

    private TranslatedFilter(Condition? condition, bool matchesNothing = false)
    {
        _condition = condition;
        MatchesNothing = matchesNothing;
    }

    public static TranslatedFilter All { get; } = new(condition: null);

    public static TranslatedFilter Nothing { get; } = new(condition: null, matchesNothing: true);

    public bool MatchesNothing { get; }

    public static TranslatedFilter Of(Condition condition) => new(condition);

    public static TranslatedFilter And(params TranslatedFilter[] parts)
    {
        Condition[] conditions = Conditions(parts);
        return parts.Any(part => part.MatchesNothing) ? Nothing
            : conditions.Length == 0 ? All
            : conditions is [Condition alone] ? Of(alone)
            : Of(new Condition { Filter = new Filter { Must = { conditions } } });
    }

    public static TranslatedFilter Or(params TranslatedFilter[] parts)
    {
        Condition[] conditions = Conditions(parts);
        return Array.Exists(parts, part => part._condition is null && !part.MatchesNothing) ? All
            : conditions.Length == 0 ? Nothing
            : conditions is [Condition alone] ? Of(alone)
            : Of(new Condition { Filter = new Filter { Should = { conditions } } });
    }

    public TranslatedFilter Negate() => _condition is not null ? Of(new Condition { Filter = new Filter { MustNot = { _condition } } })
        : MatchesNothing ? All
        : Nothing;

    /// <summary>The filter of a request, with further conditions that all have to hold; null for none.</summary>
    public Filter? ToFilter(params IEnumerable<Condition> others)
    {
        Condition[] all = [.. others, .. Conditions(this)];
        return all.Length == 0 ? null : all is [{ Filter: { } alone }] ? alone : new Filter { Must = { all } };
    }

    private static Condition[] Conditions(params TranslatedFilter[] parts) => [.. parts.Select(part => part._condition).OfType<Condition>()];
}
