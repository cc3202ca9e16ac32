using System.Linq.Expressions;

namespace Splade.SemanticKernel.VectorData;

/// <summary>
/// Finds values of dictionaries that a condition casts to types without null, such as <c>(int)r["Year"]</c>. Where there is no value the condition
/// would end in an exception, if it is asked of the record, though not if an index answers it.
/// </summary>
internal sealed class UnboxedValues : ExpressionVisitor
{
    private readonly List<Expression> _values = [];
    private bool _isInside;

    /// <summary>The condition, which does not hold of records that lack one of its values, as if they were nullable; one with != does hold.</summary>
    /// <param name="whole">A condition without and, or and not around it.</param>
    /// <param name="visited">The same, with its parts visited.</param>
    public static Expression Guard(Expression whole, Expression visited)
    {
        var values = new UnboxedValues();
        values.Visit(whole);
        return values._values.Count == 0 ? visited : Expression.Condition(
            values._values.Select(value => (Expression)Expression.ReferenceEqual(value, Expression.Constant(null))).Aggregate(Expression.OrElse),
            Expression.Constant(whole.NodeType == ExpressionType.NotEqual),
            visited);
    }

    /// <summary>Whether an expression is true or false by itself, and is not put together of such.</summary>
    public static bool IsCondition(Expression node) => node.Type == typeof(bool)
        && node.NodeType is not (ExpressionType.AndAlso or ExpressionType.OrElse or ExpressionType.And or ExpressionType.Or or ExpressionType.ExclusiveOr
            or ExpressionType.Not or ExpressionType.Conditional or ExpressionType.Constant or ExpressionType.Parameter);

    public override Expression? Visit(Expression? node)
    {
        // Conditions inside of this one have guards of their own.
        if (node is null || (_isInside && node is not UnaryExpression && IsCondition(node)))
        {
            return node;
        }

        _isInside = true;
        return base.Visit(node);
    }

    protected override Expression VisitUnary(UnaryExpression node)
    {
        if (node is { NodeType: ExpressionType.Convert, Type.IsValueType: true, Operand: MethodCallExpression { Method.Name: "get_Item" } value }
            && Nullable.GetUnderlyingType(node.Type) is null && value.Object?.Type == typeof(Dictionary<string, object?>))
        {
            _values.Add(value);
            return node;
        }

        return base.VisitUnary(node);
    }
}
