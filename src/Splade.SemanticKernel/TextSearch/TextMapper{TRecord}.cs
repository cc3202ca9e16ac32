using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.SemanticKernel.Data;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>What of a record is its text, its name and its link: by the mappers of the options, by attributes, else by the hit.</summary>
[Experimental("SKEXP0001")]
internal sealed class TextMapper<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(SpladeTextSearchOptions options)
    where TRecord : class
{
    private readonly PropertyInfo? _value = Marked<TextSearchResultValueAttribute>();
    private readonly PropertyInfo? _name = Marked<TextSearchResultNameAttribute>();
    private readonly PropertyInfo? _link = Marked<TextSearchResultLinkAttribute>();

    public string ToText(FoundText<TRecord> found) => options.StringMapper?.MapFromResultToString(found.Record) ?? Value(found);

    public TextSearchResult ToResult(FoundText<TRecord> found) =>
        options.ResultMapper?.MapFromResultToTextSearchResult(found.Record) ?? new TextSearchResult(Value(found))
        {
            Name = Text(_name, found) ?? HitReader.Name(found.Hit, options),
            Link = Text(_link, found) ?? HitReader.Link(found.Hit, options),
        };

    private string Value(FoundText<TRecord> found) => Text(_value, found) ?? found.Hit.Record.Text;

    private static string? Text(PropertyInfo? property, FoundText<TRecord> found) => property?.GetValue(found.Record)?.ToString();

    private static PropertyInfo? Marked<TAttribute>()
        where TAttribute : Attribute =>
        Array.Find(typeof(TRecord).GetProperties(BindingFlags.Public | BindingFlags.Instance), p => p.IsDefined(typeof(TAttribute)));
}
