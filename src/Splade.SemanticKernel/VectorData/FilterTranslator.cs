using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Translates what indexes can answer of a condition on records. What it makes holds for exactly the records that the condition holds for.</summary>
/// <remarks>Not safe for concurrent use: one for each condition.</remarks>
/// <param name="rows">What the metadata of all rows has.</param>
internal sealed class FilterTranslator(IndexedFields rows) : FilterTranslatorBase
{
    /// <summary>A condition in two parts, both of which have to hold: one for indexes, and one that is left. Null is always true.</summary>
    /// <exception cref="InvalidOperationException">The condition names something that is no property.</exception>
    public (MetadataFilter? Pushed, Expression? Remaining) Translate(LambdaExpression condition, CollectionModel model)
    {
        Expression body = PreprocessFilter(condition, model, new FilterPreprocessingOptions());
        var pushed = new List<MetadataFilter>();
        var rest = new List<Expression>();
        foreach (Expression part in Conjuncts(body))
        {
            if (Translate(part) is MetadataFilter filter)
            {
                pushed.Add(filter);
            }
            else
            {
                rest.Add(new ValueEquality(RequireProperties).Visit(new InstantComparisons().Visit(part)));
            }
        }

        return (pushed.Count > 1 ? MetadataFilter.All(pushed) : pushed.SingleOrDefault(), rest.Count == 0 ? null : rest.Aggregate(Expression.AndAlso));
    }

    /// <inheritdoc/>
    /// <remarks>A property that is converted to another type is none that an index knows.</remarks>
    protected override bool TryBindProperty(Expression expression, [NotNullWhen(true)] out PropertyModel? propertyModel)
    {
        try
        {
            return base.TryBindProperty(expression, out propertyModel);
        }
        catch (InvalidCastException)
        {
            propertyModel = null;
            return false;
        }
    }

    private static IEnumerable<Expression> Conjuncts(Expression expression) =>
        expression is BinaryExpression { NodeType: ExpressionType.AndAlso } and ? Conjuncts(and.Left).Concat(Conjuncts(and.Right)) : [expression];

    // Records give no other value than null for a name that is none, so that a misspelt one would go unnoticed.
    private void RequireProperties(Expression expression) => _ = TryBindProperty(expression, out _);

    private MetadataFilter? Translate(Expression expression) => expression switch
    {
        ConstantExpression { Value: true } => MetadataFilter.All(),
        ConstantExpression { Value: false } => MetadataFilter.Any(),
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => Both(and, static (left, right) => left & right),
        BinaryExpression { NodeType: ExpressionType.OrElse } or => Both(or, static (left, right) => left | right),
        UnaryExpression { NodeType: ExpressionType.Not } not when not.Type == typeof(bool) => Translate(not.Operand) is MetadataFilter filter ? !filter : null,
        BinaryExpression comparison => Compare(comparison.NodeType, comparison.Left, comparison.Right)
            ?? Compare(Reversed(comparison.NodeType), comparison.Right, comparison.Left),
        MethodCallExpression call => Contains(call) ?? Any(call),
        _ => IndexOf(expression) is { } property && property.Type == typeof(bool) && expression.Type == typeof(bool)
            ? MetadataFilter.Equal(property.StorageName, true)
            : null,
    };

    private MetadataFilter? Both(BinaryExpression expression, Func<MetadataFilter, MetadataFilter, MetadataFilter> combine) =>
        Translate(expression.Left) is MetadataFilter left && Translate(expression.Right) is MetadataFilter right ? combine(left, right) : null;

    private static ExpressionType Reversed(ExpressionType comparison) => comparison switch
    {
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        _ => comparison,
    };

    /// <summary>A property compared with a constant.</summary>
    private MetadataFilter? Compare(ExpressionType comparison, Expression left, Expression right)
    {
        if (IndexOf(left) is not { } property || !TryGetConstant(right, out object? value))
        {
            return null;
        }

        string name = property.StorageName;
        if (value is null)
        {
            return comparison switch
            {
                ExpressionType.Equal => !MetadataFilter.Exists(name),
                ExpressionType.NotEqual => MetadataFilter.Exists(name),
                _ => MetadataFilter.Any(),
            };
        }

        return ConstantOf(property.Type, value) is not MetadataValue constant ? null : comparison switch
        {
            ExpressionType.Equal => MetadataFilter.Equal(name, constant),
            ExpressionType.NotEqual => !MetadataFilter.Equal(name, constant),
            ExpressionType.LessThan when FilterValue.HasOrder(property.Type) => MetadataFilter.Below(name, constant),
            ExpressionType.LessThanOrEqual when FilterValue.HasOrder(property.Type) => MetadataFilter.AtMost(name, constant),
            ExpressionType.GreaterThan when FilterValue.HasOrder(property.Type) => MetadataFilter.Above(name, constant),
            ExpressionType.GreaterThanOrEqual when FilterValue.HasOrder(property.Type) => MetadataFilter.AtLeast(name, constant),
            _ => null,
        };
    }

    /// <summary>A list of constants that has a property, or a property's list that has a constant.</summary>
    private MetadataFilter? Contains(MethodCallExpression call)
    {
        if (!TryMatchContains(call, out Expression? source, out Expression? item))
        {
            return null;
        }

        if (IndexOf(item) is { } property && ConstantsOf(property.Type, source) is { } values)
        {
            return MetadataFilter.In(property.StorageName, values);
        }

        return IndexOf(source) is { } list && DataValues.ItemTypeOf(list.Type) is Type itemType && TryGetConstant(item, out object? value) && value is not null
            && ConstantOf(itemType, value) is MetadataValue constant ? MetadataFilter.Equal(list.StorageName, constant) : null;
    }

    /// <summary>A property's list of which any item is in a list of constants.</summary>
    private MetadataFilter? Any(MethodCallExpression call) =>
        call is { Method.Name: nameof(Enumerable.Any), Arguments: [Expression source, LambdaExpression { Body: MethodCallExpression inner } condition] }
        && call.Method.DeclaringType == typeof(Enumerable)
        && IndexOf(source) is { } list && DataValues.ItemTypeOf(list.Type) is Type itemType
        && TryMatchContains(inner, out Expression? wanted, out Expression? item) && item == condition.Parameters[0]
        && ConstantsOf(itemType, wanted) is { } values ? MetadataFilter.In(list.StorageName, values) : null;

    /// <summary>The data property that an expression is, if an index has it for all rows.</summary>
    /// <remarks>C# compares numbers smaller than int as int; their filter values are the same.</remarks>
    private DataPropertyModel? IndexOf(Expression expression) =>
        TryBindProperty(
            expression is UnaryExpression { NodeType: ExpressionType.Convert } convert
                && IsSmall(convert.Operand.Type) && ValueTypeOf(convert.Type) == typeof(int)
                ? convert.Operand
                : expression,
            out PropertyModel? property) && property is DataPropertyModel data && rows.Has(data) ? data : null;

    private static Type ValueTypeOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsSmall(Type type) => ValueTypeOf(type) == typeof(byte) || ValueTypeOf(type) == typeof(short);

    private static MetadataValue? ConstantOf(Type type, object value) =>
        (value.GetType() == ValueTypeOf(type) || (value is int && IsSmall(type))) && DataValues.ItemTypeOf(type) is null ? FilterValue.OfConstant(value) : null;

    /// <summary>The items of a list that does not depend on the record; null if one of them cannot be compared.</summary>
    /// <remarks>Of arrays and lists only: other collections may have an equality of their own, whatever type they are used as.</remarks>
    private static List<MetadataValue>? ConstantsOf(Type type, Expression expression)
    {
        if (!TryGetConstant(expression, out object? list) || list is not IEnumerable items || DataValues.ItemTypeOf(list.GetType()) is null)
        {
            return null;
        }

        var values = new List<MetadataValue>();
        foreach (object? item in items)
        {
            if (item is null || ConstantOf(type, item) is not MetadataValue value)
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private static bool TryGetConstant(Expression expression, out object? value)
    {
        Expression inner = expression;
        while (inner is UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert && IsWidening(convert))
        {
            inner = convert.Operand;
        }

        if (inner is NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array)
        {
            var items = new object?[array.Expressions.Count];
            value = items;
            for (int i = 0; i < items.Length; i++)
            {
                if (!TryGetConstant(array.Expressions[i], out items[i]))
                {
                    return false;
                }
            }

            return true;
        }

        value = (inner as ConstantExpression)?.Value;
        return inner is ConstantExpression;
    }

    // To object, or to the nullable form: the value stays the same.
    private static bool IsWidening(UnaryExpression convert) =>
        !convert.Type.IsValueType || Nullable.GetUnderlyingType(convert.Type) == ValueTypeOf(convert.Operand.Type);
}
