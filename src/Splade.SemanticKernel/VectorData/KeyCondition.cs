using System.Collections;
using System.Linq.Expressions;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Finds the only keys for which a condition can hold, so that these are looked up and no other record is asked.</summary>
/// <param name="record">The parameter that is the record.</param>
/// <param name="key">The key.</param>
internal sealed class KeyCondition(ParameterExpression record, KeyPropertyModel key) : FilterTranslatorBase
{
    /// <summary>The ids of the keys; null if the condition names none, and may hold for any.</summary>
    public HashSet<string>? IdsOf(Expression condition) => condition switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => Both(IdsOf(and.Left), IdsOf(and.Right)),
        BinaryExpression { NodeType: ExpressionType.OrElse } or => Either(IdsOf(or.Left), IdsOf(or.Right)),
        BinaryExpression { NodeType: ExpressionType.Equal } equal =>
            IsKey(equal.Left) ? OneOf(equal.Right) : IsKey(equal.Right) ? OneOf(equal.Left) : null,
        ConditionalExpression { IfTrue: ConstantExpression { Value: false } } guarded => IdsOf(guarded.IfFalse),
        MethodCallExpression call when TryMatchContains(call, out Expression? source, out Expression? item) && IsKey(item) => AnyOf(source),
        _ => null,
    };

    private static HashSet<string>? Both(HashSet<string>? left, HashSet<string>? right)
    {
        if (left is not null && right is not null)
        {
            left.IntersectWith(right);
        }

        return left ?? right;
    }

    private static HashSet<string>? Either(HashSet<string>? left, HashSet<string>? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        left.UnionWith(right);
        return left;
    }

    private HashSet<string>? OneOf(Expression value) => Unconverted(value) is ConstantExpression constant ? Ids(new[] { constant.Value }) : null;

    // Other lists than these may have an equality of their own.
    private HashSet<string>? AnyOf(Expression list) => Unconverted(list) switch
    {
        ConstantExpression { Value: Array items } => Ids(items),
        ConstantExpression { Value: IList items } when DataValues.ItemTypeOf(items.GetType()) is not null => Ids(items),
        NewArrayExpression { NodeType: ExpressionType.NewArrayInit } items when items.Expressions.All(item => Unconverted(item) is ConstantExpression) =>
            Ids(items.Expressions.Select(item => ((ConstantExpression)Unconverted(item)).Value)),
        _ => null,
    };

    private HashSet<string>? Ids(IEnumerable keys)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (object? item in keys)
        {
            if (item?.GetType() != key.Type)
            {
                return null;
            }

            ids.Add(CollectionKey.ToId(item, key.Type, key.ModelName));
        }

        return ids;
    }

    private bool IsKey(Expression expression) => ConditionVectors.PropertyOf(Unconverted(expression), record) == key.ModelName;

    // To object, or to the nullable form, or back: the value stays the same.
    private Expression Unconverted(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
            && (!convert.Type.IsValueType || (Nullable.GetUnderlyingType(convert.Type) ?? convert.Type) == key.Type))
        {
            expression = convert.Operand;
        }

        return expression;
    }
}
